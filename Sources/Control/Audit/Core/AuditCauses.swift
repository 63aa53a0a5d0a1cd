internal import DNSProviders
internal import Federation

/// Why a batch is committed, from the verdicts and orders that its plan was made of.
struct AuditCauses {
  private(set) var lines: [String] = []
  /// Who gave the order that caused it.
  private(set) var holder: String?
  private(set) var overrides: [SafetyRule] = []

  /// No record tells more reasons than this; of the rest it says how many there are.
  private static let most = 12

  init(of batch: Batch, in core: ControlCore, at now: Timestamp) {
    guard let entry = core.services[batch.service] else { return }
    guard batch.next != nil else {
      lines = ["the service was deleted at the federation API"]
      return
    }
    if batch.expected == nil { lines.append("published for the first time") }
    if let order = core.rollback(of: batch.service, at: now) {
      lines.append("rolled back to generation \(order.pin.generation): \(order.reason)")
      holder = order.holder
      overrides = order.overrides.sorted { $0.rawValue < $1.rawValue }
    }
    if let request = core.audit.requests[batch.service] { lines.append(request) }
    noteDrift(batch, core.audit.committed[batch.service])
    let (added, removed) = Self.moves(batch.changes)
    var unclaimed = removed
    let standing = core.cordons.sorted { $0.key < $1.key }.map(\.value).filter { $0.cordon.expires > now }
    for (index, shard) in (entry.shards ?? []).enumerated() {
      guard let shard, let member = core.members[core.memberNames[index]] else { continue }
      let addresses = Set(
        shard.addresses.flatMap { host in
          IPAddress(host).map { [$0.description] } ?? (core.hosts[host] ?? []).map(\.description)
        })
      unclaimed.subtract(addresses)
      guard !addresses.isDisjoint(with: removed) || !addresses.isDisjoint(with: added) else { continue }
      noteShard(member, batch.service, entry, standing)
    }
    if !unclaimed.isEmpty {
      lines.append("no shard has \(unclaimed.sorted().prefix(4).joined(separator: ", ")) any more")
    }
    noteTimeToLive(batch.changes)
    for change in batch.changes where core.managedNames.inHierarchy(change.name) == nil {
      lines.append(
        "alias \(change.name): \(change.after.map { "leads to \($0.values.joined())" } ?? "declared no more")")
    }
    if lines.isEmpty { lines = ["names put in line with where the clusters lie"] }
    if lines.count > Self.most {
      lines = lines.prefix(Self.most) + ["and \(lines.count - Self.most) further reasons"]
    }
  }

  /// The addresses that come to some name, and those that go from one.
  private static func moves(_ changes: [Change]) -> (added: Set<String>, removed: Set<String>) {
    var added: Set<String> = []
    var removed: Set<String> = []
    func addresses(_ set: RecordSet?) -> Set<String> {
      guard let set, set.type == .a || set.type == .aaaa else { return [] }
      return Set(set.values)
    }
    for change in changes {
      let (before, after) = (addresses(change.before), addresses(change.after))
      added.formUnion(after.subtracting(before))
      removed.formUnion(before.subtracting(after))
    }
    return (added, removed)
  }

  private mutating func noteShard(
    _ member: Member, _ service: ServiceKey, _ entry: ServiceEntry, _ standing: [CordonRecord]
  ) {
    let reason = entry.plan?.verdicts.first { $0.cluster == member.name }?.reason
    if reason == .drained || reason == .cordoned,
      let order = standing.first(where: { $0.cordon.covers(service, in: member) })
    {
      lines.append(
        "\(member.name): \(order.cordon.kind.rawValue) of \(order.cordon.target): \(order.cordon.reason)")
      holder = order.cordon.holder
      overrides = order.overrides.sorted { $0.rawValue < $1.rawValue }
    } else if let reason {
      lines.append("\(member.name): \(reason.sentence)")
    }
  }

  /// Somebody changed what we had published.
  private mutating func noteDrift(_ batch: Batch, _ committed: [RecordSet]?) {
    guard let committed else { return }
    let ours = Set(committed)
    let touched = batch.changes.filter { change in
      if let before = change.before { return !ours.contains(before) }
      return change.after.map { after in committed.contains { $0.key == after.key } } ?? false
    }
    guard let first = touched.first else { return }
    let others = touched.count > 1 ? " and \(touched.count - 1) others were" : " was"
    lines.append("repair: \(first.name)\(others) changed behind our back")
  }

  private mutating func noteTimeToLive(_ changes: [Change]) {
    let change = changes.lazy.compactMap { change in
      change.before.flatMap { before in
        change.after.flatMap { $0.ttl != before.ttl && $0.values == before.values ? (before.ttl, $0.ttl) : nil }
      }
    }.first
    if let change { lines.append("TTL \(change.0) s becomes \(change.1) s") }
  }
}

extension Cordon {
  /// Whether the order is about a service's shard in a member.
  func covers(_ key: ServiceKey, in member: Member) -> Bool {
    guard service == nil || service == key else { return false }
    return switch target {
    case .cluster(let name): name == member.name
    case .region(let name): name.lowercased() == member.region?.lowercased()
    case .zone(let name): member.zones.contains { $0.lowercased() == name.lowercased() }
    case .shard(let name, let shard): name == member.name && shard == key
    }
  }
}
