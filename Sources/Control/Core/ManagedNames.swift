package import Federation

/// Tells which service a name in the zone belongs to, by the shape of the names that zonetop composes.
package struct ManagedNames: Sendable {
  private let suffix: String
  private let federation: String

  package init(federation: Federation) {
    self.suffix = ".\(federation.domain.text)"
    self.federation = federation.name
  }

  /// The service whose hierarchy a name lies in: `<service>.<namespace>.<federation>.svc[.<place>…].<domain>`, or its
  /// ownership mark's place one label below; nil for every other name.
  package func service(of name: DomainName) -> ServiceKey? {
    guard name.text.hasSuffix(suffix) else { return nil }
    var labels = name.text.dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
    if labels.first == "_zonetop" { labels.removeFirst() }
    guard labels.count >= 4, labels[2] == federation, labels[3] == "svc" else { return nil }
    return ServiceKey(namespace: String(labels[1]), name: String(labels[0]))
  }
}
