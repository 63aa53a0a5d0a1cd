package import JSON
package import Kubernetes

/// A `Cluster` object of group `federation.zonetop.dev/v1alpha1`: a member that was joined at the federation API, or one
/// of the configuration's that is shown there.
package struct ClusterObject: Sendable, Hashable {
  package static let apiVersion = CordonObject.apiVersion
  package static let resource = ResourceType(group: "federation.zonetop.dev", version: "v1alpha1", plural: "clusters")

  package var name: String
  package var server: String
  /// Override what the nodes say.
  package var region: String?
  package var zones: [String]
  package var labels: [String: String]
  /// Where the credentials are: a Secret's namespace and name, or a context of the kubeconfig.
  package var secret: ObjectKey?
  package var context: String?
  package var isDeleting: Bool
  /// Whether the shards stay in the cluster when it leaves.
  package var orphansShards: Bool
  /// Whether it stands in the configuration, and the object only shows it.
  package var isConfigured: Bool
  /// The uid of the cluster's namespace `kube-system`, by which one cluster is known under two addresses.
  package var identity: String?
  package var finalizers: [String]
  package var value: JSONValue

  /// Annotation: the uid of the cluster's namespace `kube-system`.
  static let identityAnnotation = "\(annotationPrefix)cluster-uid"
  /// Annotation: the object shows a cluster of the configuration.
  static let configuredAnnotation = "\(annotationPrefix)configured"

  /// Reads an object; nil when it names no server.
  package init?(_ object: JSONValue) {
    let metadata = object["metadata"]
    guard let name = metadata?["name"]?.string, let server = object["spec"]?["server"]?.string else { return nil }
    let annotations = ServiceTemplate.texts(metadata?["annotations"])
    let spec = object["spec"]
    self.name = name
    self.server = server
    region = spec?["region"]?.string
    zones = (spec?["zones"]?.array ?? []).compactMap(\.string).sorted()
    labels = ServiceTemplate.texts(metadata?["labels"])
    secret = spec?["secretRef"].flatMap { reference in
      guard let name = reference["name"]?.string else { return nil }
      return ObjectKey(namespace: reference["namespace"]?.string ?? FederationMarks.namespace, name: name)
    }
    context = spec?["context"]?.string
    isDeleting = metadata?["deletionTimestamp"] != nil
    orphansShards = annotations[FederationMarks.orphan] != "false"
    isConfigured = annotations[Self.configuredAnnotation] == "true"
    identity = annotations[Self.identityAnnotation]
    finalizers = (metadata?["finalizers"]?.array ?? []).compactMap(\.string)
    value = object
  }

  /// A new object.
  package static func new(
    name: String, server: String, region: String?, zones: [String], secret: ObjectKey? = nil, context: String? = nil,
    identity: String? = nil, isConfigured: Bool = false
  ) -> JSONValue {
    var spec: JSONValue = ["server": .string(server)]
    if let region { spec["region"] = .string(region) }
    if !zones.isEmpty { spec["zones"] = .array(zones.map(JSONValue.string)) }
    if let secret { spec["secretRef"] = ["namespace": .string(secret.namespace), "name": .string(secret.name)] }
    if let context { spec["context"] = .string(context) }
    var annotations: [String: JSONValue] = [:]
    if let identity { annotations[identityAnnotation] = .string(identity) }
    if isConfigured { annotations[configuredAnnotation] = "true" }
    var metadata: JSONValue = ["name": .string(name), "annotations": .object(annotations)]
    // From the first moment: a cluster that leaves as soon as it has joined is let go in order too.
    if !isConfigured { metadata["finalizers"] = [.string(FederationMarks.member)] }
    return ["apiVersion": .string(apiVersion), "kind": "Cluster", "metadata": metadata, "spec": spec]
  }

  /// A name that an object may have, from any text such as a kubeconfig context's.
  package static func objectName(_ text: String) -> String {
    let mapped = text.lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "-")
        ? character : "-"
    }
    let trimmed = mapped.drop { !$0.isLetter && !$0.isNumber }
    return String(String(trimmed).prefix(63).reversed().drop { !$0.isLetter && !$0.isNumber }.reversed())
  }
}
