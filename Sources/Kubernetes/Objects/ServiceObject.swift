package import JSON

/// A Service: where it can be reached from outside, and what zonetop was told about it.
package struct ServiceObject: WatchedObject {
  package var key: ObjectKey
  package var uid: String
  package var resourceVersion: String
  package var labels: [String: String]
  /// Only those whose name starts with ``ObjectMetadata/annotationPrefix``.
  package var annotations: [String: String]
  /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`, as the server wrote it.
  package var type: String
  package var externalIPs: [String]
  /// The first TCP port of `spec.ports`.
  package var port: UInt16?
  /// `status.loadBalancer.ingress`: addresses and hostnames in the server's order.
  package var ingress: [Ingress]
  /// Whether `metadata.deletionTimestamp` is set.
  package var isDeleting: Bool

  /// One point at which a load balancer takes traffic.
  package enum Ingress: Hashable, Sendable {
    case address(String)
    case hostname(String)

    /// The address or the hostname.
    package var text: String {
      switch self {
      case .address(let text), .hostname(let text): text
      }
    }
  }

  package init(
    key: ObjectKey, uid: String = "", resourceVersion: String = "", labels: [String: String] = [:],
    annotations: [String: String] = [:], type: String = "ClusterIP", externalIPs: [String] = [],
    ingress: [Ingress] = [], isDeleting: Bool = false
  ) {
    self.key = key
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.labels = labels
    self.annotations = annotations
    self.type = type
    self.externalIPs = externalIPs
    self.ingress = ingress
    self.isDeleting = isDeleting
  }

  /// What goes to DNS: the load balancer's points, or else `spec.externalIPs`; sorted and unique.
  package var externalAddresses: [String] {
    Set(ingress.isEmpty ? externalIPs : ingress.map(\.text)).sorted()
  }

  package static var defaultResource: ResourceType { .services }
  package static var readsProtobuf: Bool { true }

  init(metadata: ObjectMetadata) {
    self.init(
      key: metadata.key, uid: metadata.uid, resourceVersion: metadata.resourceVersion, labels: metadata.labels,
      annotations: metadata.annotations, type: "", isDeleting: metadata.isDeleting)
  }

  package static func read(
    _ reader: inout JSONReader, _ context: inout DecodingContext
  ) throws(JSONError) -> ServiceObject {
    var service = ServiceObject(metadata: ObjectMetadata())
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "metadata": service.take(try ObjectMetadata.read(&reader, &context, keeping: .all))
      case "spec": try service.readSpec(&reader, &context)
      case "status": try service.readStatus(&reader)
      default: try reader.skipValue()
      }
    }
    return service
  }

  package static func read(
    _ reader: inout ProtobufReader, _ context: inout DecodingContext
  ) throws(ProtobufError) -> ServiceObject {
    var service = ServiceObject(metadata: ObjectMetadata())
    while let field = try reader.nextField() {
      switch field {
      case 1:
        var metadata = try reader.message()
        service.take(try ObjectMetadata.read(&metadata, &context, keeping: .all))
      case 2:
        var spec = try reader.message()
        try service.readSpec(&spec, &context)
      case 3:
        var status = try reader.message()
        try service.readStatus(&status)
      default: try reader.skip()
      }
    }
    return service
  }

  private mutating func take(_ metadata: ObjectMetadata) {
    key = metadata.key
    uid = metadata.uid
    resourceVersion = metadata.resourceVersion
    labels = metadata.labels
    annotations = metadata.annotations
    isDeleting = metadata.isDeleting
  }
}
