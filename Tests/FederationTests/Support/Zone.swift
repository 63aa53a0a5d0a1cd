import Federation

/// What a name server would hold, for checking what a client would see between two steps of a plan.
struct Zone: Equatable {
  var sets: [DomainName: [RecordType: RecordSet]] = [:]

  init(_ published: [PublishedRecordSet]) {
    for entry in published { sets[entry.recordSet.name, default: [:]][entry.recordSet.type] = entry.recordSet }
  }

  /// Executes one step; nil when its `before` is not what is there.
  mutating func apply(_ change: Change) -> Bool {
    if let before = change.before {
      guard sets[change.name]?[before.type] == before else { return false }
      sets[change.name]?[before.type] = nil
    }
    if let after = change.after {
      guard sets[change.name]?[after.type] == nil else { return false }
      sets[change.name, default: [:]][after.type] = after
    }
    if sets[change.name]?.isEmpty == true { sets[change.name] = nil }
    return true
  }

  /// How many aliases lead from the name to something that is none; nil when they lead nowhere or in a circle.
  func chain(from name: DomainName) -> Int? {
    var name = name
    for length in 0...11 {
      guard let types = sets[name] else { return nil }
      guard let target = types[.cname]?.values.first else { return length }
      name = DomainName(canonical: target)
    }
    return nil
  }

  func answers(_ name: DomainName) -> Bool { sets[name].map { $0.keys.contains { $0 != .txt } } ?? false }
}
