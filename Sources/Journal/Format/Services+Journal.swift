import Control
import Federation
import JSON

extension ServerCount: JournalValue {
  var journal: JSONValue { members(["agreeing": agreeing.journal, "asked": asked.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(agreeing: try read("agreeing"), asked: try read("asked"))
  }
}

extension ShardSnapshot: JournalValue {
  var journal: JSONValue {
    members([
      "cluster": shard.cluster.journal, "addresses": shard.addresses.journalIfAny,
      "ready": shard.readyEndpoints.journal, "total": shard.totalEndpoints.journal,
      "listed": shard.isListed ? nil : false.journal, "region": region.journal, "zones": zones.journalIfAny,
      "verdict": verdict.journal, "serving": isServing.journal, "observed": observed?.journal, "since": since.journal,
      "history": history.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      shard: Shard(
        cluster: try read("cluster"), addresses: try read.list("addresses"), readyEndpoints: try read("ready"),
        totalEndpoints: try read("total"), isListed: try read.optional("listed") ?? true),
      region: try read("region"), zones: try read.list("zones"), verdict: try read("verdict"),
      isServing: try read("serving"), observed: try read.optional("observed"), since: try read("since"),
      history: try read.list("history"))
  }
}

extension NameSnapshot: JournalValue {
  /// What is desired is left out where it is what is published, as it mostly is.
  var journal: JSONValue {
    members([
      "name": name.journal, "level": level.journal, "desired": desired == published ? nil : desired.journal,
      "published": published.journalIfAny, "servers": servers?.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    let published: [RecordSet] = try read.list("published")
    self.init(
      name: try read("name"), level: try read("level"), desired: try read.optional("desired") ?? published,
      published: published, servers: try read.optional("servers"))
  }
}

/// What a service says of itself, apart from its shards and names.
struct ServiceHead: Hashable, Sendable {
  var ttl: UInt32
  var generation: UInt64?
  var held: [Hold]
  var pin: RollbackOrder?
  var refusals: [String: String]

  init(_ service: ServiceSnapshot) {
    ttl = service.ttl
    generation = service.generation
    held = service.held
    pin = service.pin
    refusals = service.refusals
  }
}

extension ServiceHead: JournalValue {
  var journal: JSONValue {
    members([
      "ttl": ttl.journal, "generation": generation?.journal, "held": held.journalIfAny, "pin": pin?.journal,
      "refusals": refusals.isEmpty ? nil : refusals.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    ttl = try read("ttl")
    generation = try read.optional("generation")
    held = try read.list("held")
    pin = try read.optional("pin")
    refusals = try read.optional("refusals") ?? [:]
  }
}

extension ServiceSnapshot: JournalValue {
  var journal: JSONValue {
    members([
      "service": key.journal, "head": ServiceHead(self).journal, "shards": shards.journalIfAny,
      "names": names.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    let head: ServiceHead = try read("head")
    self.init(
      key: try read("service"), ttl: head.ttl, generation: head.generation, shards: try read.list("shards"),
      names: try read.list("names"), held: head.held, pin: head.pin, refusals: head.refusals)
  }
}
