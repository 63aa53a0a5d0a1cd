import APIServer
import JSON

/// What a Deployment's pods should be, and what becomes of its status: pure functions of the objects.
enum PodRules {
  /// The label that ties a pod to its Deployment.
  static let owner = "zonetop.dev/deployment"

  /// How many pods are missing, and which are too many: those that are not ready first, then the youngest.
  static func difference(deployment: JSONValue, pods: [JSONValue]) -> (missing: Int, surplus: [String]) {
    let wanted = Int(deployment[at: ["spec", "replicas"]]?.integer ?? 0)
    guard pods.count > wanted else { return (wanted - pods.count, []) }
    let order = pods.enumerated().sorted { left, right in
      let (leftReady, rightReady) = (isReady(left.element), isReady(right.element))
      return leftReady == rightReady ? left.offset > right.offset : !leftReady
    }
    return (0, order.prefix(pods.count - wanted).compactMap { $0.element[at: ["metadata", "name"]]?.string })
  }

  static func isReady(_ pod: JSONValue) -> Bool {
    (pod[at: ["status", "conditions"]]?.array ?? []).contains { $0["type"] == "Ready" && $0["status"] == "True" }
  }

  /// A new pod of a Deployment.
  ///
  /// - Parameter number: counts a cluster's pods; gives the address.
  static func pod(of deployment: JSONValue, number: Int, cluster: String, isReady: Bool) -> JSONValue {
    let name = deployment[at: ["metadata", "name"]]?.string ?? ""
    let host = number % 65_000 + 2
    var pod: JSONValue = [
      "metadata": [
        "generateName": .string("\(name)-"),
        "labels": deployment[at: ["spec", "template", "metadata", "labels"]] ?? [:],
      ],
      "spec": deployment[at: ["spec", "template", "spec"]] ?? [:],
      "status": ["podIP": .string("10.4.\(host >> 8).\(host & 0xFF)")],
    ]
    pod[at: ["metadata", "labels", owner]] = .string(name)
    pod[at: ["spec", "nodeName"]] = .string("gke-\(cluster)-node-\(number % 2)")
    return withReadiness(pod, isReady)
  }

  static func withReadiness(_ pod: JSONValue, _ isReady: Bool) -> JSONValue {
    var pod = pod
    pod[at: ["status", "phase"]] = isReady ? "Running" : "Pending"
    pod[at: ["status", "conditions"]] = [["type": "Ready", "status": isReady ? "True" : "False"]]
    let containers = pod[at: ["spec", "containers"]]?.array ?? []
    pod[at: ["status", "containerStatuses"]] = .array(
      containers.map {
        ["name": $0["name"] ?? "", "ready": .bool(isReady), "restartCount": 0, "image": $0["image"] ?? ""]
      })
    return pod
  }

  static func status(of deployment: JSONValue, pods: [JSONValue]) -> JSONValue {
    let ready = Int64(pods.count(where: isReady))
    let wanted = deployment[at: ["spec", "replicas"]]?.integer ?? 0
    let isAvailable = ready >= wanted
    return [
      "observedGeneration": deployment[at: ["metadata", "generation"]] ?? 1, "replicas": .integer(Int64(pods.count)),
      "updatedReplicas": .integer(Int64(pods.count)), "readyReplicas": .integer(ready),
      "availableReplicas": .integer(ready), "unavailableReplicas": .integer(max(0, wanted - ready)),
      "conditions": [
        [
          "type": "Available", "status": isAvailable ? "True" : "False",
          "reason": isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        ], ["type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"],
      ],
    ]
  }
}
