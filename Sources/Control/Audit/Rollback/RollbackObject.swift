package import Federation
package import JSON

/// A rollback as the federation API holds it: a `Cordon` of kind `rollback`, so that all standing orders are one list.
package enum RollbackObject {
  static let kind = "rollback"

  /// One rollback a service, so that giving an order twice is giving it once.
  package static func name(of service: ServiceKey) -> String {
    "rollback.\(service.namespace).\(service.name)".lowercased()
  }

  package static func encode(_ order: RollbackOrder) -> JSONValue {
    var spec: [String: JSONValue] = [
      "kind": .string(kind), "target": .string("service/\(order.service)"),
      "service": .string(order.service.description), "reason": .string(order.reason),
      "holder": .string(order.holder), "created": .string(order.created.description),
      "expires": .string(order.expires.description),
      "generation": .integer(Int64(clamping: order.pin.generation)),
      "records": .array(order.pin.records.map { .string($0.auditLine) }),
    ]
    if !order.overrides.isEmpty {
      spec["overrides"] = .array(order.overrides.map(\.rawValue).sorted().map(JSONValue.string))
    }
    return [
      "apiVersion": .string(CordonObject.apiVersion), "kind": "Cordon",
      "metadata": ["name": .string(name(of: order.service))], "spec": .object(spec),
    ]
  }

  /// The order that an object keeps; nil when it is none that can be obeyed.
  package static func decode(_ object: JSONValue) -> (name: String, order: RollbackOrder)? {
    guard let name = object["metadata"]?["name"]?.string, let spec = object["spec"], spec["kind"]?.string == kind,
      let service = spec["service"]?.string.flatMap({ ServiceKey($0) }),
      let generation = spec["generation"]?.integer, generation > 0,
      let expires = spec["expires"]?.string.flatMap({ Timestamp($0) })
    else { return nil }
    let records = (spec["records"]?.array ?? []).compactMap { $0.string.flatMap(RecordSet.init(auditLine:)) }
    // An order that would empty the names is none.
    guard records.contains(where: { $0.type != .cname && !$0.values.isEmpty }) else { return nil }
    let created = spec["created"]?.string ?? object["metadata"]?["creationTimestamp"]?.string
    let overrides = (spec["overrides"]?.array ?? []).compactMap { $0.string.flatMap(SafetyRule.init(rawValue:)) }
    return (
      name,
      RollbackOrder(
        service: service, generation: UInt64(generation), records: records,
        reason: cleanLine(spec["reason"]?.string ?? ""), holder: cleanLine(spec["holder"]?.string ?? ""),
        created: created.flatMap { Timestamp($0) } ?? expires, expires: expires, overrides: Set(overrides))
    )
  }
}
