internal import Federation
internal import JSON

/// What an Event is about, as its `involvedObject` names it.
enum EventSubject {
  static func service(_ key: ServiceKey) -> JSONValue {
    ["apiVersion": "v1", "kind": "Service", "namespace": .string(key.namespace), "name": .string(key.name)]
  }

  /// - Parameter name: of the member.
  static func cluster(_ name: String) -> JSONValue {
    [
      "apiVersion": .string(ClusterObject.apiVersion), "kind": "Cluster",
      "name": .string(ClusterObject.objectName(name)),
    ]
  }

  /// - Parameter name: of the object.
  static func cordon(_ name: String) -> JSONValue {
    ["apiVersion": .string(CordonObject.apiVersion), "kind": "Cordon", "name": .string(name)]
  }
}
