extension OwnershipMark {
  /// The name at which the mark of a service stands: `_zonetop.<service>.<namespace>.<federation>.svc.<domain>`.
  ///
  /// - Throws: ``NameError`` when the name would not be one that DNS can hold.
  package static func markName(of service: ServiceKey, in federation: Federation) throws(NameError) -> DomainName {
    for part in [service.name, service.namespace, federation.name] where part.isEmpty { throw .emptyLabel }
    return try DomainName(
      "_zonetop.\(service.name).\(service.namespace).\(federation.name).svc.\(federation.domain.text)")
  }

  /// The service whose mark stands at `name` in `federation`, or nil when no mark of the federation can stand there.
  package static func service(markedAt name: DomainName, in federation: Federation) -> ServiceKey? {
    let labels = name.labels
    guard labels.count > 5, labels[0] == "_zonetop", labels[3] == federation.name, labels[4] == "svc",
      name.isSubdomain(of: federation.domain), labels.count == 5 + federation.domain.labels.count
    else { return nil }
    return ServiceKey(namespace: String(labels[2]), name: String(labels[1]))
  }

  /// Whether a mark could stand at `name`: its first label is the one that marks bear.
  package static func isMarkName(_ name: DomainName) -> Bool { name.text.hasPrefix("_zonetop.") }
}

/// A mark name taken apart, so that names within the hierarchy can be written relative to the service.
struct MarkPlace {
  /// `<service>.<namespace>.<federation>.svc`
  let stem: String
  let domain: String

  init?(_ name: DomainName) {
    let labels = name.labels
    guard labels.count > 5, labels[0] == "_zonetop", labels[4] == "svc" else { return nil }
    stem = labels[1...4].joined(separator: ".")
    domain = labels[5...].joined(separator: ".")
  }

  /// `@` for the global name, `us-central1-a` for a name of the hierarchy, `other.name.` with its dot for any other.
  func relative(_ name: DomainName) -> String {
    let text = name.text
    guard text.hasPrefix(stem + "."), text.hasSuffix("." + domain) else { return text + "." }
    let middle = text.utf8.dropFirst(stem.utf8.count + 1).dropLast(domain.utf8.count)
    guard text.utf8.count > stem.utf8.count + 1 + domain.utf8.count else { return "@" }
    return String(Substring(middle.dropLast()))
  }

  /// Undoes ``relative(_:)``.
  func absolute(_ relative: Substring) throws(NameError) -> DomainName {
    if relative == "@" { return try DomainName("\(stem).\(domain)") }
    if relative.hasSuffix(".") { return try DomainName(relative) }
    guard !relative.isEmpty else { throw .emptyLabel }
    return try DomainName("\(stem).\(relative).\(domain)")
  }
}
