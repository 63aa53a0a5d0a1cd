import Control
import Federation
import JSON

extension CordonStatus.Phase: JournalValue {}

extension DrainStatus: JournalValue {
  var journal: JSONValue {
    members([
      "target": target.journal, "service": service?.journal, "accepted": accepted?.journal, "servers": servers?.journal,
      "served": served?.journal, "cachesEnd": cachesEnd?.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      target: try read("target"), service: try read.optional("service"), accepted: try read.optional("accepted"),
      servers: try read.optional("servers"), served: try read.optional("served"),
      cachesEnd: try read.optional("cachesEnd"))
  }
}

extension CordonStatus: JournalValue {
  var journal: JSONValue {
    members([
      "phase": phase.journal, "message": message.journal, "drain": drain?.journal, "expiring": isExpiring.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      phase: try read("phase"), message: try read("message"), drain: try read.optional("drain"),
      isExpiring: try read("expiring"))
  }
}

extension OrderSnapshot: JournalValue {
  var journal: JSONValue { members(["order": cordon.journal, "status": status.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(cordon: try read("order"), status: try read("status"))
  }
}

extension RollbackOrder: JournalValue {
  var journal: JSONValue {
    members([
      "service": service.journal, "generation": pin.generation.journal, "records": pin.records.journalIfAny,
      "reason": reason.journal, "holder": holder.journal, "created": created.journal, "expires": expires.journal,
      "overrides": overrides.sortedForJournal.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      service: try read("service"), generation: try read("generation"), records: try read.list("records"),
      reason: try read("reason"), holder: try read("holder"), created: try read("created"),
      expires: try read("expires"), overrides: Set(try read.list("overrides") as [SafetyRule]))
  }
}

extension FederationHold: JournalValue {
  var journal: JSONValue { members(["rule": rule.journal, "subject": subject.journal, "why": why.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(rule: try read("rule"), subject: try read("subject"), why: try read("why"))
  }
}

extension Set<SafetyRule> {
  var sortedForJournal: [SafetyRule] { sorted { $0.rawValue < $1.rawValue } }
}
