/// The steps from one state of a name to another, such that the name answers after each of them and an alias never
/// stands beside anything.
///
/// Addresses that stay come first, those that go last. Between addresses and an alias one `replace` changes the type:
/// its `before` and `after` differ in it, and a provider executes it as one delete and one add in the same transaction.
func appendChanges(from before: NameState, to after: NameState, into changes: inout [Change]) {
  func step(_ old: RecordSet?, _ new: RecordSet?) {
    guard old != new, let name = (new ?? old)?.name else { return }
    let action: Change.Action = old == nil ? .create : new == nil ? .delete : .replace
    changes.append(Change(action: action, name: name, before: old, after: new))
  }
  if let alias = after.cname {
    if before.cname != nil {
      step(before.a, nil)
      step(before.aaaa, nil)
      step(before.cname, alias)
    } else if before.a != nil {
      step(before.aaaa, nil)
      step(before.a, alias)
    } else {
      step(before.aaaa, alias)
    }
  } else if before.cname != nil, !before.hasAddresses, after.hasAddresses {
    step(before.cname, after.a ?? after.aaaa)
    if after.a != nil { step(nil, after.aaaa) }
  } else {
    step(before.cname, nil)
    if after.a != nil { step(before.a, after.a) }
    if after.aaaa != nil { step(before.aaaa, after.aaaa) }
    if after.a == nil { step(before.a, nil) }
    if after.aaaa == nil { step(before.aaaa, nil) }
  }
}

/// The order in which a deleted service's record sets go: an alias before what it points to, so that no prefix leaves
/// one dangling. Where aliases point in a circle, which only others can have made, any order is as good.
func deletionOrder(_ sets: [RecordSet]) -> [RecordSet] {
  var rest = sets
  var ordered: [RecordSet] = []
  while !rest.isEmpty {
    let targets = Set(rest.filter { $0.type == .cname }.flatMap(\.values))
    var free = rest.filter { !targets.contains($0.name.text) }
    if free.isEmpty { free = [rest[0]] }
    ordered += free
    let gone = Set(free.map(\.key))
    rest.removeAll { gone.contains($0.key) }
  }
  return ordered
}
