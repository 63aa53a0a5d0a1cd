import JSON

/// The `scale` subresource: how many replicas an object should have and has (`autoscaling/v1`).
enum Scale {
  static let apiVersion = "autoscaling/v1"
  static let kind = "Scale"

  static func object(of stored: StoredObject) -> JSONValue {
    let value = stored.value
    var metadata: JSONValue = [:]
    for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
      metadata[field] = value[at: ["metadata", field]]
    }
    let selector = value.texts(at: ["spec", "selector", "matchLabels"])
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    return [
      "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": metadata,
      "spec": ["replicas": value[at: ["spec", "replicas"]] ?? 0],
      "status": ["replicas": value[at: ["status", "replicas"]] ?? 0, "selector": .string(selector)],
    ]
  }
}
