import Control
import Federation
import JSON

/// An element of a list that is known by a key.
protocol Keyed: Hashable, Sendable, JournalValue {
  associatedtype Key: Hashable, Sendable, JournalValue
  var journalKey: Key { get }
}

extension ClusterSnapshot: Keyed { var journalKey: String { cluster.name } }
extension ServiceSnapshot: Keyed { var journalKey: ServiceKey { key } }
extension AliasSnapshot: Keyed { var journalKey: DomainName { alias.name } }
extension ShardSnapshot: Keyed { var journalKey: String { shard.cluster } }
extension NameSnapshot: Keyed { var journalKey: DomainName { name } }

/// What changed in a list: what is new or another, what is gone, and the order where that cannot be guessed.
struct ListChange<Element: Keyed>: Hashable, Sendable {
  var set: [Element] = []
  var gone: [Element.Key] = []
  /// All keys in their order; nil when what is new stands at the end.
  var order: [Element.Key]?

  var isEmpty: Bool { self.set.isEmpty && gone.isEmpty && order == nil }

  init() {}

  /// Nil when a key stands twice, so that keys do not tell. Linear; where nothing has changed a comparison of the
  /// elements, which share their storage.
  init?(from old: [Element], to new: [Element]) {
    if old == new { return }
    if old.count == new.count, zip(old, new).allSatisfy({ $0.journalKey == $1.journalKey }) {
      set = zip(old, new).filter { $0 != $1 }.map(\.1)
      guard Self.isUnambiguous(new) else { return nil }
      return
    }
    guard Self.isUnambiguous(old), Self.isUnambiguous(new) else { return nil }
    let former = Dictionary(uniqueKeysWithValues: old.map { ($0.journalKey, $0) })
    let kept = Set(new.map(\.journalKey))
    set = new.filter { former[$0.journalKey] != $0 }
    gone = old.map(\.journalKey).filter { !kept.contains($0) }
    if applied(to: old) != new { order = new.map(\.journalKey) }
  }

  private static func isUnambiguous(_ list: [Element]) -> Bool { Set(list.map(\.journalKey)).count == list.count }

  func applied(to old: [Element]) -> [Element] {
    if isEmpty { return old }
    var changed = Dictionary(set.map { ($0.journalKey, $0) }) { _, last in last }
    let gone = Set(gone)
    var new: [Element] = []
    new.reserveCapacity(old.count + set.count)
    for element in old where !gone.contains(element.journalKey) {
      new.append(changed.removeValue(forKey: element.journalKey) ?? element)
    }
    for element in set where changed.removeValue(forKey: element.journalKey) != nil { new.append(element) }
    guard let order else { return new }
    let ranks = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    return new.sorted { ranks[$0.journalKey, default: .max] < ranks[$1.journalKey, default: .max] }
  }
}

extension ListChange: JournalValue {
  var journal: JSONValue {
    members(["set": set.journalIfAny, "gone": gone.journalIfAny, "order": order?.journal])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    set = try read.list("set")
    gone = try read.list("gone")
    order = try read.optional("order")
  }

  var journalIfAny: JSONValue? { isEmpty ? nil : journal }
}
