import Control
import Federation
import JSON

/// What changed of one service.
struct ServiceChange: Hashable, Sendable {
  var key: ServiceKey
  /// Nil when it is as it was.
  var head: ServiceHead?
  var shards: ListChange<ShardSnapshot>
  var names: ListChange<NameSnapshot>

  /// Nil when it has to be written whole.
  init?(from old: ServiceSnapshot, to new: ServiceSnapshot) {
    guard let shards = ListChange(from: old.shards, to: new.shards),
      let names = ListChange(from: old.names, to: new.names)
    else { return nil }
    key = new.key
    head = ServiceHead(old) == ServiceHead(new) ? nil : ServiceHead(new)
    self.shards = shards
    self.names = names
  }

  func apply(to service: inout ServiceSnapshot) {
    if let head {
      service.ttl = head.ttl
      service.generation = head.generation
      service.held = head.held
      service.pin = head.pin
      service.refusals = head.refusals
    }
    service.shards = shards.applied(to: service.shards)
    service.names = names.applied(to: service.names)
  }

  /// Whether it only says that the shards have been looked at again.
  func isQuiet(after old: ServiceSnapshot) -> Bool {
    guard head == nil, names.isEmpty, shards.gone.isEmpty, shards.order == nil else { return false }
    return shards.set.allSatisfy { shard in
      guard var former = old.shards.first(where: { $0.shard.cluster == shard.shard.cluster }) else { return false }
      former.observed = shard.observed
      former.history = shard.history
      return former == shard
    }
  }
}

extension ServiceChange: JournalValue {
  var journal: JSONValue {
    members([
      "service": key.journal, "head": head?.journal, "shards": shards.journalIfAny, "names": names.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    key = try read("service")
    head = try read.optional("head")
    shards = try read.optional("shards") ?? ListChange()
    names = try read.optional("names") ?? ListChange()
  }
}

/// Events that came on top, and how many of the former ones are still there.
struct EventsChange: Hashable, Sendable {
  var new: [Event]
  var kept: Int

  init(from old: [Event], to new: [Event]) {
    if old == new {
      self.new = []
      kept = old.count
      return
    }
    // The log grows at the front and is cut at the end.
    let start = new.indices.first { new[$0...].elementsEqual(old.prefix(new.count - $0)) } ?? new.count
    self.new = Array(new[..<start])
    kept = new.count - start
  }

  func applied(to old: [Event]) -> [Event] {
    new.isEmpty && kept == old.count ? old : new + old.prefix(max(0, kept))
  }
}

extension EventsChange: JournalValue {
  var journal: JSONValue { members(["new": new.journalIfAny, "kept": kept.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    new = try read.list("new")
    kept = try read("kept")
  }
}
