package import Federation
package import JSON

/// What a federated Service asks of its shards: labels, annotations, and the fields of `spec` that all shards share.
///
/// Addresses, node ports and address families are each cluster's own and never travel. Headless and `ExternalName`
/// Services are propagated like others; without an external address nothing of them enters DNS.
package struct ServiceTemplate: Sendable, Hashable {
  package var service: ServiceKey
  package var labels: [String: String]
  package var annotations: [String: String]
  /// Without the fields that belong to the cluster, `nodePort` among them.
  package var spec: [String: JSONValue]

  /// Fields of `spec` that each cluster gives or has given: never sent unless noted below.
  static let ownedByCluster: Set<String> = ["clusterIP", "clusterIPs", "ipFamilies", "healthCheckNodePort"]

  /// - Parameter object: the Service as the federation API holds it.
  package init(_ object: JSONValue) {
    let metadata = object["metadata"]
    service = ServiceKey(
      namespace: metadata?["namespace"]?.string ?? "", name: metadata?["name"]?.string ?? "")
    labels = Self.texts(metadata?["labels"]).filter { !$0.key.hasPrefix(annotationPrefix) }
    annotations = Self.texts(metadata?["annotations"]).filter { !Self.staysAtHome($0.key) }
    spec = object["spec"]?.object ?? [:]
    let isHeadless = spec["clusterIP"] == "None"
    for field in Self.ownedByCluster { spec[field] = nil }
    if isHeadless { spec["clusterIP"] = "None" }
    // What every server writes by itself says nothing about what is wanted.
    if spec["ipFamilyPolicy"] == "SingleStack" { spec["ipFamilyPolicy"] = nil }
    if let ports = spec["ports"]?.array {
      spec["ports"] = .array(
        ports.map { port in
          var port = port
          port["nodePort"] = nil
          return port
        })
    }
    spec = spec.filter { $0.value != .null }
  }

  var isHeadless: Bool { spec["clusterIP"] == "None" }

  /// A new shard.
  package func newShard(of federation: String) -> JSONValue {
    var labels = labels
    labels[FederationMarks.managed] = federation
    var annotations = annotations
    annotations[FederationMarks.created] = "true"
    annotations[FederationMarks.applied] = applied.text
    return [
      "apiVersion": "v1", "kind": "Service",
      "metadata": [
        "name": .string(service.name), "namespace": .string(service.namespace),
        "labels": .object(labels.mapValues(JSONValue.string)),
        "annotations": .object(annotations.mapValues(JSONValue.string)),
      ],
      "spec": .object(spec),
    ]
  }

  /// What a shard remembers of this template.
  var applied: AppliedFields {
    AppliedFields(labels: Set(labels.keys), annotations: Set(annotations.keys), spec: Set(spec.keys))
  }

  /// Annotations that are about the federated object itself.
  private static func staysAtHome(_ name: String) -> Bool {
    name.hasPrefix(annotationPrefix) || name == "kubectl.kubernetes.io/last-applied-configuration"
  }

  static func texts(_ value: JSONValue?) -> [String: String] { (value?.object ?? [:]).compactMapValues(\.string) }
}
