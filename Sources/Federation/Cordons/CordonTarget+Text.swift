extension CordonTarget {
  /// Reads `zone/NAME`, `region/NAME`, `cluster/NAME` or `shard/CLUSTER/NAMESPACE/NAME`.
  package init(_ text: some StringProtocol) throws(CordonTargetError) {
    let parts = String(text).split(separator: "/" as Character, omittingEmptySubsequences: false).map(String.init)
    guard !parts.dropFirst().contains(""), text.utf8.count <= 1_000 else {
      throw CordonTargetError(text: cleanText(text, limit: 80))
    }
    switch (parts[0], parts.count) {
    case ("zone", 2): self = .zone(parts[1])
    case ("region", 2): self = .region(parts[1])
    case ("cluster", 2): self = .cluster(parts[1])
    case ("shard", 4): self = .shard(cluster: parts[1], service: ServiceKey(namespace: parts[2], name: parts[3]))
    default: throw CordonTargetError(text: cleanText(text, limit: 80))
    }
  }
}

/// A text that names no scope.
package struct CordonTargetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was given, cleaned for display.
  package let text: String

  package var description: String {
    "\(text) names no scope: write zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME"
  }
}

extension ServiceKey {
  /// Reads `namespace/name`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = String(text).split(separator: "/" as Character, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(namespace: String(parts[0]), name: String(parts[1]))
  }
}
