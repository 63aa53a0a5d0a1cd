package import Federation

/// Tells which service a name in the zone belongs to, by the shape of the names that zonetop composes, and by the aliases
/// that the configuration declares.
package struct ManagedNames: Sendable {
  private let suffix: String
  private let federation: String
  /// The service of each declared alias.
  private let serviceByAlias: [DomainName: ServiceKey]
  /// The declared aliases of each service, by name.
  package let aliases: [ServiceKey: [Alias]]

  package init(federation: Federation, aliases: [Alias] = []) {
    self.suffix = ".\(federation.domain.text)"
    self.federation = federation.name
    self.serviceByAlias = Dictionary(aliases.map { ($0.name, $0.service) }) { first, _ in first }
    self.aliases = Dictionary(grouping: aliases.sorted { $0.name < $1.name }, by: \.service)
  }

  /// The service that a name belongs to: as one of its hierarchy or as an alias; nil for every other name.
  package func service(of name: DomainName) -> ServiceKey? {
    inHierarchy(name) ?? (serviceByAlias.isEmpty ? nil : serviceByAlias[name])
  }

  /// The service whose hierarchy a name lies in: `<service>.<namespace>.<federation>.svc[.<place>…].<domain>`, or its
  /// ownership mark's place one label below; nil for every other name.
  package func inHierarchy(_ name: DomainName) -> ServiceKey? {
    guard name.text.hasSuffix(suffix) else { return nil }
    var labels = name.text.dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
    if labels.first == "_zonetop" { labels.removeFirst() }
    guard labels.count >= 4, labels[2] == federation, labels[3] == "svc" else { return nil }
    return ServiceKey(namespace: String(labels[1]), name: String(labels[0]))
  }

  /// The service that a record set belongs to: also one whose name is declared no more, while a mark of ours lists it
  /// and it leads into a service's hierarchy.
  ///
  /// - Parameter listed: what marks of ours list outside of hierarchies.
  package func service(of set: RecordSet, listed: Set<RecordKey>) -> ServiceKey? {
    if let key = service(of: set.name) { return key }
    guard !listed.isEmpty, set.type == .cname, let target = set.values.first, listed.contains(set.key) else {
      return nil
    }
    return inHierarchy(DomainName(canonical: target))
  }

  /// The aliases that a mark lists: its record sets outside of the hierarchy of the service that it is about.
  package func aliases(listedBy mark: OwnershipMark, at name: DomainName) -> [RecordKey] {
    guard mark.federation == federation, let key = inHierarchy(name) else { return [] }
    let stem = "\(key.name).\(key.namespace).\(federation).svc."
    return mark.sets.filter { $0.type == .cname && !$0.name.text.hasPrefix(stem) }
  }
}
