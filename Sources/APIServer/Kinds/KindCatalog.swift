/// The kinds that an endpoint serves, in the order in which discovery lists them.
package struct KindCatalog: Sendable {
  package let kinds: [ResourceKind]
  /// Whether objects say who owns which of their fields, without which there is no server-side apply; simulated
  /// clusters go without.
  package let tracksFields: Bool
  private let byID: [KindID: ResourceKind]

  package init(_ kinds: [ResourceKind], tracksFields: Bool = false) {
    self.kinds = kinds
    self.tracksFields = tracksFields
    self.byID = Dictionary(kinds.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The kind served at a group, version and plural name; nil when there is none.
  package func kind(group: String, version: String, plural: String) -> ResourceKind? {
    guard let kind = byID[KindID(group: group, plural: plural)], kind.version == version else { return nil }
    return kind
  }

  /// The named groups with the one version that each is served in, sorted; the core group apart.
  package var groups: [(group: String, version: String)] {
    var versions: [String: String] = [:]
    for kind in kinds where !kind.group.isEmpty { versions[kind.group] = kind.version }
    return versions.sorted { $0.key < $1.key }.map { (group: $0.key, version: $0.value) }
  }
}
