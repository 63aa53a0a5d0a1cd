internal import Federation
package import JSON

extension AuditRecord {
  /// The record as the journal keeps it and `-o json` writes it.
  package var json: JSONValue {
    var value: JSONValue = [
      "id": .string(id), "time": .string(time.description), "action": .string(action.rawValue),
      "actor": .string(actor), "subject": .string(subject), "why": .array(why.map(JSONValue.string)),
      "outcome": outcome.json,
    ]
    if let holder { value["holder"] = .string(holder) }
    if let service { value["service"] = .string(service.description) }
    if !rules.isEmpty { value["rules"] = .array(rules.map { .string($0.rawValue) }) }
    if !changes.isEmpty { value["changes"] = .array(changes.map(\.auditJSON)) }
    if !records.isEmpty { value["records"] = .array(records.map { .string($0.auditLine) }) }
    if let fence { value["fence"] = fence.json }
    return value
  }

  /// Reads what ``json`` wrote; nil for anything else. Unknown members are passed over, so that later versions may add
  /// some.
  package init?(_ value: JSONValue) {
    guard let id = value["id"]?.string, !id.isEmpty, let time = value["time"]?.string.flatMap({ Timestamp($0) }),
      let action = value["action"]?.string.flatMap(Action.init(rawValue:)),
      let outcome = value["outcome"].flatMap(Outcome.init)
    else { return nil }
    var changes: [Change] = []
    for item in value["changes"]?.array ?? [] {
      guard let change = Change(audit: item) else { return nil }
      changes.append(change)
    }
    var records: [RecordSet] = []
    for item in value["records"]?.array ?? [] {
      guard let set = item.string.flatMap(RecordSet.init(auditLine:)) else { return nil }
      records.append(set)
    }
    self.init(
      id: cleanLine(id), time: time, action: action, actor: cleanLine(value["actor"]?.string ?? ""),
      holder: value["holder"]?.string.map { cleanLine($0) }, subject: cleanLine(value["subject"]?.string ?? ""),
      service: value["service"]?.string.flatMap { ServiceKey($0) },
      why: (value["why"]?.array ?? []).compactMap { $0.string.map { cleanLine($0) } },
      rules: (value["rules"]?.array ?? []).compactMap { $0.string.flatMap(SafetyRule.init(rawValue:)) },
      changes: changes, records: records, fence: value["fence"].map(Fence.init), outcome: outcome)
  }
}

extension AuditRecord.Fence {
  var json: JSONValue {
    var value: JSONValue = ["writer": .string(writer)]
    if let from { value["from"] = .integer(Int64(clamping: from)) }
    if let fromWriter { value["fromWriter"] = .string(fromWriter) }
    if let to { value["to"] = .integer(Int64(clamping: to)) }
    return value
  }

  init(_ value: JSONValue) {
    self.init(
      from: value["from"]?.integer.map { UInt64(clamping: $0) },
      fromWriter: value["fromWriter"]?.string.map { cleanLine($0) },
      to: value["to"]?.integer.map { UInt64(clamping: $0) }, writer: cleanLine(value["writer"]?.string ?? ""))
  }
}

extension AuditRecord.Outcome {
  var json: JSONValue {
    var value: JSONValue = ["result": .string(result.rawValue), "time": .string(time.description)]
    if !detail.isEmpty { value["detail"] = .string(detail) }
    if let change { value["change"] = .string(change) }
    return value
  }

  init?(_ value: JSONValue) {
    guard let result = value["result"]?.string.flatMap(AuditRecord.Result.init(rawValue:)),
      let time = value["time"]?.string.flatMap({ Timestamp($0) })
    else { return nil }
    self.init(
      result, cleanLine(value["detail"]?.string ?? ""),
      change: value["change"]?.string.map { cleanText($0, limit: 64) },
      at: time)
  }
}

extension Change {
  /// `{"before": "NAME TTL TYPE VALUE…", "after": …}`: either may be missing.
  var auditJSON: JSONValue {
    var value: JSONValue = [:]
    if let before { value["before"] = .string(before.auditLine) }
    if let after { value["after"] = .string(after.auditLine) }
    return value
  }

  init?(audit value: JSONValue) {
    let before = value["before"]?.string.flatMap(RecordSet.init(auditLine:))
    let after = value["after"]?.string.flatMap(RecordSet.init(auditLine:))
    guard let name = (after ?? before)?.name else { return nil }
    self.init(
      action: before == nil ? .create : after == nil ? .delete : .replace, name: name, before: before, after: after)
  }
}

extension RecordSet {
  /// The set in the order of a zone file: `NAME TTL TYPE VALUE VALUE…`. TXT sets, which are never ours, have no values
  /// with blanks here.
  package var auditLine: String { "\(name.text) \(ttl) \(type.rawValue) \(values.joined(separator: " "))" }

  /// Reads what ``auditLine`` wrote; nil where it is no such line.
  package init?(auditLine text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 4, let name = try? DomainName(words[0]), let ttl = UInt32(words[1]),
      let type = RecordType(rawValue: words[2])
    else { return nil }
    self.init(name: name, type: type, ttl: ttl, values: words[3...].map { cleanLine($0) })
  }
}
