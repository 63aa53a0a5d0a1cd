import Federation
import JSON

extension Hold: JournalValue {
  var journal: JSONValue {
    members(["rule": rule.journal, "service": service.journal, "name": name?.journal, "why": why.journal])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      rule: try read("rule"), service: try read("service"), name: try read.optional("name"), why: try read("why"))
  }
}

extension Verdict: JournalValue {
  var journal: JSONValue {
    members([
      "service": service.journal, "cluster": cluster.journal, "healthy": isHealthy.journal, "reason": reason.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      service: try read("service"), cluster: try read("cluster"), isHealthy: try read("healthy"),
      reason: try read("reason"))
  }
}

extension Change: JournalValue {
  var journal: JSONValue {
    members(["action": action.journal, "name": name.journal, "before": before?.journal, "after": after?.journal])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      action: try read("action"), name: try read("name"), before: try read.optional("before"),
      after: try read.optional("after"))
  }
}

extension ServicePlan: JournalValue {
  var journal: JSONValue {
    members([
      "service": service.journal, "records": records.journalIfAny, "changes": changes.journalIfAny,
      "held": held.journalIfAny, "verdicts": verdicts.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      service: try read("service"), records: try read.list("records"), changes: try read.list("changes"),
      held: try read.list("held"), verdicts: try read.list("verdicts"))
  }
}

extension Alias.Target: JournalValue {
  var journal: JSONValue {
    switch self {
    case .global: members([:])
    case .region(let region): members(["region": region.journal])
    case .zone(let zone, let region): members(["zone": zone.journal, "region": region?.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    let region: String? = try read.optional("region")
    if let zone: String = try read.optional("zone") {
      self = .zone(zone, region: region)
    } else {
      self = region.map(Self.region) ?? .global
    }
  }
}

extension Alias: JournalValue {
  var journal: JSONValue {
    members(["name": name.journal, "service": service.journal, "target": target.journal, "ttl": ttl?.journal])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      name: try read("name"), service: try read("service"), target: try read("target"), ttl: try read.optional("ttl"))
  }
}
