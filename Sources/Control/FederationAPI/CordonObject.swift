package import Federation
package import JSON
package import Kubernetes

/// The `Cordon` kind of group `federation.zonetop.dev/v1alpha1`, as objects at the federation API hold it.
package enum CordonObject {
  package static let apiVersion = "federation.zonetop.dev/v1alpha1"
  package static let resource = ResourceType(group: "federation.zonetop.dev", version: "v1alpha1", plural: "cordons")

  /// The shortest and the longest time that an order may stand.
  package static let shortest: Duration = .seconds(60)
  package static let longest: Duration = .seconds(72 * 3600)

  /// The object's name: one standing order a scope and service, so that giving an order twice is giving it once.
  package static func name(of target: CordonTarget, service: ServiceKey?) -> String {
    let scope: String
    switch target {
    case .zone(let zone): scope = "zone.\(zone)"
    case .region(let region): scope = "region.\(region)"
    case .cluster(let cluster): scope = "cluster.\(cluster)"
    case .shard(let cluster, let key): scope = "shard.\(cluster).\(key.namespace).\(key.name)"
    }
    let name = service.map { "\(scope).service.\($0.namespace).\($0.name)" } ?? scope
    return name.lowercased()
  }

  /// The object that keeps a cordon.
  package static func encode(_ record: CordonRecord) -> JSONValue {
    let cordon = record.cordon
    var spec: [String: JSONValue] = [
      "kind": .string(cordon.kind.rawValue),
      "target": .string(cordon.target.description),
      "reason": .string(cordon.reason),
      "holder": .string(cordon.holder),
      "created": .string(cordon.created.description),
      "expires": .string(cordon.expires.description),
    ]
    if let service = cordon.service { spec["service"] = .string(service.description) }
    if !record.overrides.isEmpty {
      spec["overrides"] = .array(record.overrides.map(\.rawValue).sorted().map(JSONValue.string))
    }
    return [
      "apiVersion": .string(apiVersion), "kind": "Cordon",
      "metadata": ["name": .string(name(of: cordon.target, service: cordon.service))],
      "spec": .object(spec),
    ]
  }

  /// The cordon that an object keeps; nil when it is not one that can be obeyed.
  package static func decode(_ object: JSONValue) -> (name: String, record: CordonRecord)? {
    guard let name = object["metadata"]?["name"]?.string, let spec = object["spec"],
      let kind = spec["kind"]?.string.flatMap(Cordon.Kind.init(rawValue:)),
      let target = spec["target"]?.string.flatMap({ try? CordonTarget($0) }),
      let expires = spec["expires"]?.string.flatMap({ Timestamp($0) })
    else { return nil }
    let created = spec["created"]?.string ?? object["metadata"]?["creationTimestamp"]?.string
    let begun = created.flatMap { Timestamp($0) }
    // Whoever wrote the object by hand is held to the same limit.
    let cordon = Cordon(
      kind: kind, target: target, service: spec["service"]?.string.flatMap { ServiceKey($0) },
      reason: cleanLine(spec["reason"]?.string ?? ""), holder: cleanLine(spec["holder"]?.string ?? ""),
      created: begun ?? expires, expires: min(expires, (begun ?? expires) + longest))
    let overrides = (spec["overrides"]?.array ?? []).compactMap { $0.string.flatMap(SafetyRule.init(rawValue:)) }
    let generation = object["metadata"]?["generation"]?.integer
    return (
      name,
      CordonRecord(
        cordon: cordon, overrides: Set(overrides), generation: generation,
        status: status(of: object, cordon, generation: generation))
    )
  }
}
