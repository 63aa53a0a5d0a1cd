import DNS
import Federation

/// What PowerDNS tells of a zone, or of some of its names.
///
/// A record that is disabled is not served. Beside records of the same set that are served it is passed over. A set of
/// which nothing is served is somebody's for later, and stands in the way like a foreign one, since writing the set
/// would lose it; unless a mark lists the set as zonetop's own: then somebody switched off what ought to be served, and
/// the set is missing, to be put right like any other drift. A mark owns, switched off or not.
struct PowerDNSZone: Hashable, Sendable {
  /// `Native`, `Master`, `Slave`, …
  var kind = ""
  /// Sets with the records that are served.
  var served: [HeldRecordSet] = []
  /// Sets of which no record is served.
  var disabled: [HeldRecordSet] = []
  /// The types of what else is at a name: what zonetop does not understand.
  var others: [DomainName: [String]] = [:]

  /// Types of PowerDNS's own that answer for addresses: nothing of ours may stand beside them.
  private static let computed: Set<String> = ["ALIAS", "LUA", "A", "AAAA", "CNAME", "TXT"]

  var contents: ZoneContents {
    guard !disabled.isEmpty else { return ZoneContents(served) }
    let owned = Set(ZoneContents(served + disabled).marks.values.flatMap(\.sets))
    return ZoneContents(served + disabled.filter { !owned.contains($0.key) })
  }

  /// Only what is at the given names.
  func restricted(to names: Set<DomainName>) -> PowerDNSZone {
    PowerDNSZone(
      kind: kind, served: served.filter { names.contains($0.name) },
      disabled: disabled.filter { names.contains($0.name) },
      others: others.filter { names.contains($0.key) })
  }

  /// Adds what was read of other names.
  mutating func add(_ other: PowerDNSZone) {
    kind = other.kind
    served += other.served
    disabled += other.disabled
    others.merge(other.others) { $0 + $1 }
  }

  /// Why a batch may not be written over what is here; nil when it may.
  func violation(of transaction: Transaction, _ batch: Batch) -> ProviderError? {
    let owned = Set(batch.expected?.sets ?? [])
    let standing = served + disabled.filter { OwnershipMark.isMarkName($0.name) }
    let byName = Dictionary(grouping: standing, by: \.name)
    if let violation = transaction.violation({ byName[$0] ?? [] }) { return violation }
    let parked = Dictionary(grouping: disabled.filter { !owned.contains($0.key) }, by: \.name)
    for step in transaction.steps where step.name != batch.markName && !step.additions.isEmpty {
      if let set = parked[step.name]?.first {
        return ProviderError(
          .fenced,
          "\(step.name) already holds \(set.type.rawValue) \(set.shown), disabled, which somebody may want back: remove it in PowerDNS or free the name; nothing was changed"
        )
      }
      let wantsAll = step.additions.contains { $0.type == .cname }
      if let type = others[step.name]?.first(where: { wantsAll || Self.computed.contains($0) }) {
        return ProviderError(
          .fenced,
          "\(step.name) already holds \(cleanText(type, limit: 20)), beside which nothing of ours can stand: free the name; nothing was changed"
        )
      }
    }
    return nil
  }
}

extension HeldRecordSet {
  /// The values for a message.
  fileprivate var shown: String {
    cleanText(RecordSet(self).values.prefix(4).joined(separator: ", "), limit: 120)
  }
}
