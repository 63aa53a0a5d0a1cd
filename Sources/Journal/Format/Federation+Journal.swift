import Federation
import JSON

extension Timestamp: JournalValue {
  /// The year 2200.
  private static let journalLimit = Timestamp(seconds: 7_258_118_400)

  var journal: JSONValue { .string(description) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    // Far enough from the end of what a timestamp holds for any span to be added.
    guard case .string(let text) = value, let time = Timestamp(text), time < Self.journalLimit else {
      throw JournalTrouble(why: "a time such as 2026-01-01T00:00:00Z is expected")
    }
    self = time
  }
}

extension Duration: JournalValue {
  /// Whole nanoseconds.
  var journal: JSONValue {
    let (seconds, attoseconds) = components
    return .integer(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    // A year at most.
    guard case .integer(let nanoseconds) = value, nanoseconds.magnitude < 31_622_400_000_000_000 else {
      throw JournalTrouble(why: "nanoseconds are expected")
    }
    self = .nanoseconds(nanoseconds)
  }
}

extension DomainName: JournalValue {
  var journal: JSONValue { text.journal }
  init(journal value: JSONValue) throws(JournalTrouble) { self.init(canonical: try String(journal: value)) }
}

extension ServiceKey: JournalValue {
  var journal: JSONValue { description.journal }

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard let key = ServiceKey(try String(journal: value)) else {
      throw JournalTrouble(why: "a service as namespace/name is expected")
    }
    self = key
  }
}

extension CordonTarget: JournalValue {
  var journal: JSONValue { description.journal }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let text = try String(journal: value)
    do { try self.init(text) } catch { throw JournalTrouble(why: "a scope such as zone/NAME is expected") }
  }
}

extension RecordType: JournalValue {}
extension NameLayout: JournalValue {}
extension ClusterCondition: JournalValue {}
extension SafetyRule: JournalValue {}
extension Cordon.Kind: JournalValue {}
extension Change.Action: JournalValue {}
extension Verdict.Reason: JournalValue {}

extension Federation: JournalValue {
  var journal: JSONValue {
    members([
      "name": name.journal, "domain": domain.journal, "ttl": ttl.journal, "layout": nameLayout.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(name: try read("name"), domain: try read("domain"), ttl: try read("ttl"), nameLayout: try read("layout"))
  }
}

extension Cluster: JournalValue {
  var journal: JSONValue {
    members([
      "name": name.journal, "region": region.journal, "zones": zones.journalIfAny, "condition": condition.journal,
      "labels": labels?.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      name: try read("name"), region: try read("region"), zones: try read.list("zones"),
      condition: try read("condition"), labels: try read.optional("labels"))
  }
}

extension RecordSet: JournalValue {
  var journal: JSONValue {
    members(["name": name.journal, "type": type.journal, "ttl": ttl.journal, "values": values.journalIfAny])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      name: try read("name"), type: try read("type"), ttl: try read("ttl"), values: try read.list("values") as [String])
  }
}

extension PublishedRecordSet: JournalValue {
  var journal: JSONValue { members(["set": recordSet.journal, "owner": owner?.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(recordSet: try read("set"), owner: try read.optional("owner"))
  }
}

extension Level: JournalValue {
  var journal: JSONValue {
    switch self {
    case .global: members([:])
    case .region(let region): members(["region": region.journal])
    case .zone(let zone, let region): members(["region": region.journal, "zone": zone.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    guard let region: String = try read.optional("region") else {
      self = .global
      return
    }
    let zone: String? = try read.optional("zone")
    self = zone.map { .zone($0, region: region) } ?? .region(region)
  }
}

extension Cordon: JournalValue {
  var journal: JSONValue {
    members([
      "kind": kind.journal, "target": target.journal, "service": service?.journal, "reason": reason.journal,
      "holder": holder.journal, "created": created.journal, "expires": expires.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      kind: try read("kind"), target: try read("target"), service: try read.optional("service"),
      reason: try read("reason"), holder: try read("holder"), created: try read("created"),
      expires: try read("expires"))
  }
}
