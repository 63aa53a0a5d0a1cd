import APIServer
import JSON

/// What a Service's EndpointSlice should hold: a pure function of the Service and the pods it selects.
enum EndpointRules {
  static let serviceLabel = "kubernetes.io/service-name"

  /// - Parameter existing: the slice as it stands, whose name and metadata are kept.
  static func slice(for service: JSONValue, pods: [JSONValue], zone: String, existing: JSONValue?) -> JSONValue {
    let name = service[at: ["metadata", "name"]]?.string ?? ""
    var slice: JSONValue = existing ?? [:]
    if existing == nil {
      slice["metadata"] = [
        "generateName": .string("\(name)-"),
        "ownerReferences": [
          [
            "apiVersion": "v1", "kind": "Service", "name": .string(name), "controller": true,
            "uid": service[at: ["metadata", "uid"]] ?? "", "blockOwnerDeletion": true,
          ]
        ],
      ]
    }
    slice[at: ["metadata", "labels"]] = [
      serviceLabel: .string(name), "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
    ]
    slice["addressType"] = "IPv4"
    slice["ports"] = .array(
      (service[at: ["spec", "ports"]]?.array ?? []).map { port in
        [
          "name": port["name"] ?? "", "protocol": port["protocol"] ?? "TCP",
          "port": port["targetPort"]?.integer.map(JSONValue.integer) ?? port["port"] ?? 80,
        ]
      })
    slice["endpoints"] = .array(pods.map { endpoint($0, zone: zone) })
    return slice
  }

  private static func endpoint(_ pod: JSONValue, zone: String) -> JSONValue {
    let isReady = PodRules.isReady(pod)
    return [
      "addresses": [pod[at: ["status", "podIP"]] ?? ""],
      "conditions": ["ready": .bool(isReady), "serving": .bool(isReady), "terminating": false],
      "nodeName": pod[at: ["spec", "nodeName"]] ?? "", "zone": .string(zone),
      "targetRef": [
        "kind": "Pod", "namespace": pod[at: ["metadata", "namespace"]] ?? "",
        "name": pod[at: ["metadata", "name"]] ?? "",
        "uid": pod[at: ["metadata", "uid"]] ?? "",
      ],
    ]
  }
}
