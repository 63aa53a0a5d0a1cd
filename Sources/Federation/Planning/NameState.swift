/// What stands at one name: our record sets by type, and what somebody else put beside them.
struct NameState {
  var a: RecordSet?
  var aaaa: RecordSet?
  var cname: RecordSet?
  /// Somebody else's sets, for display and for what they forbid.
  var foreign: [RecordSet] = []

  var isEmpty: Bool { a == nil && aaaa == nil && cname == nil }
  var hasAddresses: Bool { a != nil || aaaa != nil }

  /// Ours alone, addresses first.
  var sets: [RecordSet] { [a, aaaa, cname].compactMap { $0 } }

  /// Whether somebody else claims the whole name: with addresses, an alias, or another tool's mark.
  var isClaimed: Bool {
    foreign.contains { $0.type != .txt || $0.values.contains { $0.hasPrefix("heritage=") } }
  }

  mutating func take(_ set: RecordSet, isOurs: Bool) {
    switch set.type {
    case .a where isOurs: a = set
    case .aaaa where isOurs: aaaa = set
    case .cname where isOurs: cname = set
    default: foreign.append(set)
    }
  }

  func publishes(_ address: String) -> Bool {
    a?.values.contains(address) == true || aaaa?.values.contains(address) == true
  }
}
