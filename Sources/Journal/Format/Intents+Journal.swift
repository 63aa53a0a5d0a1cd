import Control
import Federation
import JSON

extension Intent: JournalValue {
  var journal: JSONValue {
    switch self {
    case .place(let cordon, let hash, let overrides):
      members([
        "do": "place", "order": cordon.journal, "hash": hash?.journal,
        "overrides": overrides.sortedForJournal.journalIfAny,
      ])
    case .uncordon(let target, let service):
      members(["do": "uncordon", "target": target.journal, "service": service?.journal])
    case .reconcile(let service): members(["do": "reconcile", "service": service?.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    switch try read("do") as String {
    case "place":
      self = .place(
        try read("order"), planHash: try read.optional("hash"),
        overrides: Set(try read.list("overrides") as [SafetyRule]))
    case "uncordon": self = .uncordon(try read("target"), service: try read.optional("service"))
    case "reconcile": self = .reconcile(try read.optional("service"))
    default: throw JournalTrouble(why: "do: a word that this version does not know")
    }
  }
}

extension IntentResult: JournalValue {
  var journal: JSONValue {
    switch self {
    case .done(let text): members(["done": text.journal])
    case .refused(let rule, let why): members(["refused": rule.journal, "why": why.journal])
    case .changed(let preview): members(["changed": preview.journal])
    case .failed(let text): members(["failed": text.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    if let text: String = try read.optional("done") {
      self = .done(text)
    } else if let rule: SafetyRule = try read.optional("refused") {
      self = .refused(rule, try read("why"))
    } else if let preview: DrainPreview = try read.optional("changed") {
      self = .changed(preview)
    } else {
      self = .failed(try read("failed"))
    }
  }
}
