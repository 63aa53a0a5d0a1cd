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
  /// Shards that are as they were, and have been looked at again.
  var looks: [ShardLook]

  /// Nil when it has to be written whole.
  init?(from old: ServiceSnapshot, to new: ServiceSnapshot) {
    guard var shards = ListChange(from: old.shards, to: new.shards),
      let names = ListChange(from: old.names, to: new.names)
    else { return nil }
    key = new.key
    head = ServiceHead(old) == ServiceHead(new) ? nil : ServiceHead(new)
    self.names = names
    looks = []
    if !shards.set.isEmpty {
      let former = Dictionary(old.shards.map { ($0.shard.cluster, $0) }) { first, _ in first }
      for shard in shards.set {
        if let look = former[shard.shard.cluster].flatMap({ ShardLook(from: $0, to: shard) }) { looks.append(look) }
      }
      let looked = Set(looks.map(\.cluster))
      shards.set.removeAll { looked.contains($0.shard.cluster) }
    }
    self.shards = shards
  }

  func apply(to service: inout ServiceSnapshot) {
    if let head {
      service.ttl = head.ttl
      service.generation = head.generation
      service.held = head.held
      service.pin = head.pin
      service.refusals = head.refusals
    }
    if !looks.isEmpty {
      let known = Dictionary(looks.map { ($0.cluster, $0) }) { first, _ in first }
      for index in service.shards.indices {
        known[service.shards[index].shard.cluster]?.apply(to: &service.shards[index])
      }
    }
    service.shards = shards.applied(to: service.shards)
    service.names = names.applied(to: service.names)
  }

  /// Whether it only says that the shards have been looked at again.
  var isQuiet: Bool { head == nil && names.isEmpty && shards.isEmpty }

  /// All but that shards have been looked at again.
  var loud: ServiceChange {
    var loud = self
    loud.looks = []
    return loud
  }
}

extension ServiceChange: JournalValue {
  var journal: JSONValue {
    members([
      "service": key.journal, "head": head?.journal, "shards": shards.journalIfAny, "names": names.journalIfAny,
      "looks": looks.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    key = try read("service")
    head = try read.optional("head")
    shards = try read.optional("shards") ?? ListChange()
    names = try read.optional("names") ?? ListChange()
    looks = try read.list("looks")
  }
}
