import Federation
import JSON

/// Writes a federation's plan as JSON with its fields in the order of the documentation.
///
/// ``JSONValue`` sorts keys; a plan is read by people beside the documentation, so that its order is kept here.
struct PlanWriter {
  private var output: [UInt8] = []

  static func text(_ plan: FederationPlan, untouched: [RecordSet]) -> String {
    let records = (plan.services.flatMap(\.records) + untouched).sorted { $0.key < $1.key }
    var writer = PlanWriter()
    writer.raw("{\n  \"records\": ")
    writer.list(records) { $0.record($1) }
    writer.raw(",\n  \"changes\": ")
    writer.list(plan.services.flatMap { plan in plan.changes.map { (plan.service, $0) } }) { $0.change($1.0, $1.1) }
    writer.raw(",\n  \"held\": ")
    writer.list(plan.services.flatMap(\.held)) { $0.hold($1) }
    writer.raw(",\n  \"verdicts\": ")
    writer.list(plan.services.flatMap { $0.verdicts.sorted { $0.cluster < $1.cluster } }) { $0.verdict($1) }
    writer.raw("\n}\n")
    return String(decoding: writer.output, as: UTF8.self)
  }

  private mutating func raw(_ text: String) { output.append(contentsOf: text.utf8) }

  private mutating func string(_ text: String) { JSONValue.write(text, to: &output) }

  private mutating func list<Element>(_ elements: [Element], _ write: (inout PlanWriter, Element) -> Void) {
    guard !elements.isEmpty else {
      raw("[]")
      return
    }
    raw("[")
    for (index, element) in elements.enumerated() {
      raw(index == 0 ? "\n    " : ",\n    ")
      write(&self, element)
    }
    raw("\n  ]")
  }

  private mutating func member(_ key: String, isFirst: Bool = false) {
    raw(isFirst ? "{ " : ", ")
    string(key)
    raw(": ")
  }

  private mutating func record(_ set: RecordSet) {
    member("name", isFirst: true)
    string(set.name.text)
    member("type")
    string(set.type.rawValue)
    member("ttl")
    raw("\(set.ttl)")
    member("values")
    raw("[")
    for (index, value) in set.values.enumerated() {
      if index > 0 { raw(", ") }
      string(value)
    }
    raw("] }")
  }

  private mutating func change(_ service: ServiceKey, _ change: Change) {
    member("service", isFirst: true)
    string(service.description)
    member("action")
    string(change.action.rawValue)
    member("name")
    string(change.name.text)
    member("before")
    if let before = change.before { record(before) } else { raw("null") }
    member("after")
    if let after = change.after { record(after) } else { raw("null") }
    raw(" }")
  }

  private mutating func hold(_ hold: Hold) {
    member("rule", isFirst: true)
    string(hold.rule.rawValue)
    member("service")
    string(hold.service.description)
    member("name")
    if let name = hold.name { string(name.text) } else { raw("null") }
    member("why")
    string(hold.why)
    raw(" }")
  }

  private mutating func verdict(_ verdict: Verdict) {
    member("service", isFirst: true)
    string(verdict.service.description)
    member("cluster")
    string(verdict.cluster)
    member("healthy")
    raw(verdict.isHealthy ? "true" : "false")
    member("reason")
    string(verdict.reason.rawValue)
    raw(" }")
  }
}
