import DNS
import Federation

extension Route53XML.RecordSet {
  init(_ set: HeldRecordSet) {
    self.init(
      Name: set.name.text + ".", Type: set.type.rawValue, TTL: set.ttl,
      ResourceRecords: .init(ResourceRecord: set.values(as: .octal).map { .init(Value: $0) }))
  }

  /// Whether it answers by rules of Route 53's own: routed, or an alias to something of Amazon's.
  var isSpecial: Bool { SetIdentifier != nil || AliasTarget != nil }

  /// One line of what a special set does, in place of its values.
  var summary: String {
    let what =
      AliasTarget.map { "alias of \($0.DNSName)" }
      ?? (ResourceRecords?.ResourceRecord ?? []).map(\.Value).joined(separator: " ")
    return cleanText(SetIdentifier.map { "routed \($0): \(what)" } ?? what, limit: 200)
  }
}

extension Route53XML.Change {
  /// What a change says, to compare two by.
  var text: String {
    let set = ResourceRecordSet
    let values = (set.ResourceRecords?.ResourceRecord ?? []).map(\.Value)
    return "\(Action) \(set.Name) \(set.Type) \(set.TTL ?? 0) \(values.joined(separator: " "))"
  }
}

extension Route53XML {
  /// The changes of a batch: at each name what goes before what comes, the mark last.
  ///
  /// - Parameter deletions: what goes, exactly as it is held.
  static func changes(_ batch: Batch, _ deletions: [HeldRecordSet]) -> [Change] {
    func change(_ action: String, _ set: HeldRecordSet) -> Change {
      Change(Action: action, ResourceRecordSet: RecordSet(set))
    }
    var order: [DomainName] = []
    var seen: Set<DomainName> = []
    for change in batch.changes where seen.insert(change.name).inserted { order.append(change.name) }
    order.append(batch.markName)
    let going = Dictionary(grouping: deletions, by: \.name)
    var coming = Dictionary(
      grouping: batch.changes.compactMap { $0.after.flatMap { try? HeldRecordSet($0) } }, by: \.name)
    if let next = batch.next { coming[batch.markName] = [HeldRecordSet(next, at: batch.markName)] }
    return order.flatMap { name in
      (going[name] ?? []).map { change("DELETE", $0) } + (coming[name] ?? []).map { change("CREATE", $0) }
    }
  }
}

extension HeldRecordSet {
  /// A listed record set; nil for types that are none of zonetop's business, and for special ones.
  init?(_ set: Route53XML.RecordSet) {
    guard !set.isSpecial, let type = RecordType(rawValue: set.Type) else { return nil }
    self.init(
      name: set.Name, type: type, ttl: set.TTL ?? 0, values: (set.ResourceRecords?.ResourceRecord ?? []).map(\.Value),
      as: .octal)
  }
}

extension ZoneContents {
  /// What Route 53 listed. Aliases and routed sets are obstacles at their names: their values say what they are.
  init(route53 sets: [Route53XML.RecordSet]) {
    self.init(sets.compactMap(HeldRecordSet.init))
    var special: [RecordKey: [Route53XML.RecordSet]] = [:]
    for set in sets where set.isSpecial {
      guard let name = PresentationText.octal.name(set.Name), let type = RecordType(rawValue: set.Type) else {
        continue
      }
      special[RecordKey(name: name, type: type), default: []].append(set)
    }
    guard !special.isEmpty else { return }
    let obstacles = special.map { key, sets in
      RecordSet(name: key.name, type: key.type, ttl: sets[0].TTL ?? 0, values: sets.map(\.summary))
    }
    recordSets = (recordSets + obstacles).sorted { $0.key < $1.key }
  }

  /// What stands at some of the names.
  func restricted(to names: Set<DomainName>) -> ZoneContents {
    ZoneContents(
      recordSets: recordSets.filter { names.contains($0.name) }, marks: marks.filter { names.contains($0.key) },
      foreignMarks: foreignMarks.filter { names.contains($0.key) })
  }
}
