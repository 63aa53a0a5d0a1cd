import Control
import Federation
import JSON

extension OrderChange: JournalValue {
  var journal: JSONValue { members([isLifting ? "lift" : "place": cordons.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    if let lifted: [Cordon] = try read.optional("lift") {
      self = .lifting(lifted)
    } else {
      self = .placing(try read("place"))
    }
  }
}

extension DrainPreview.Capacity.Peak: JournalValue {
  var journal: JSONValue { members(["ready": ready.journal, "span": span.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(ready: try read("ready"), span: try read("span"))
  }
}

extension DrainPreview.Capacity: JournalValue {
  var journal: JSONValue {
    members([
      "service": service.journal, "level": level.journal, "remaining": remaining.journal, "total": total.journal,
      "peak": peak?.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      service: try read("service"), level: try read("level"), remaining: try read("remaining"),
      total: try read("total"), peak: try read.optional("peak"))
  }
}

extension DrainPreview.Return: JournalValue {
  var journal: JSONValue {
    members(["service": service.journal, "cluster": cluster.journal, "why": why?.journal])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(service: try read("service"), cluster: try read("cluster"), why: try read.optional("why"))
  }
}

extension DrainPreview: JournalValue {
  var journal: JSONValue {
    members([
      "orders": change.journal, "plans": plans.journalIfAny, "affected": affected.journalIfAny,
      "capacity": capacity.journalIfAny, "shards": shards.journal, "objections": objections.journalIfAny,
      "waits": waits.journalIfAny, "nearby": nearby.journalIfAny, "returns": returns.journalIfAny,
      "cachesEndAfter": cachesEndAfter.journal, "hash": planHash.journal, "computed": computed.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      change: try read("orders"), plans: try read.list("plans"), affected: try read.list("affected"),
      capacity: try read.list("capacity"), shards: try read("shards"), objections: try read.list("objections"),
      waits: try read.list("waits"), nearby: try read.list("nearby"), returns: try read.list("returns"),
      cachesEndAfter: try read("cachesEndAfter"), planHash: try read("hash"), computed: try read("computed"))
  }
}
