package import JSON

/// A Node: where it lies, and whether it is ready.
package struct NodeObject: WatchedObject {
  package var key: ObjectKey
  package var resourceVersion: String
  /// `topology.kubernetes.io/region`, else `failure-domain.beta.kubernetes.io/region`.
  package var region: String?
  /// `topology.kubernetes.io/zone`, else `failure-domain.beta.kubernetes.io/zone`.
  package var zone: String?
  /// Whether its condition `Ready` is `True`.
  package var isReady: Bool

  package init(key: ObjectKey, resourceVersion: String = "", region: String?, zone: String?, isReady: Bool) {
    self.key = key
    self.resourceVersion = resourceVersion
    self.region = region
    self.zone = zone
    self.isReady = isReady
  }

  package static var defaultResource: ResourceType { .nodes }
  package static var readsProtobuf: Bool { true }

  private init() { self.init(key: ObjectKey(name: ""), region: nil, zone: nil, isReady: false) }

  private mutating func take(_ metadata: ObjectMetadata) {
    func label(_ name: String) -> String? {
      let labels = metadata.labels
      let value = labels["topology.kubernetes.io/\(name)"] ?? labels["failure-domain.beta.kubernetes.io/\(name)"]
      return value?.isEmpty == true ? nil : value
    }
    key = metadata.key
    resourceVersion = metadata.resourceVersion
    region = label("region")
    zone = label("zone")
  }

  package static func read(
    _ reader: inout JSONReader, _ context: inout DecodingContext
  ) throws(JSONError) -> NodeObject {
    var node = NodeObject()
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "metadata": node.take(try ObjectMetadata.read(&reader, &context, keeping: .topology))
      case "status": try node.readStatus(&reader)
      default: try reader.skipValue()
      }
    }
    return node
  }

  private mutating func readStatus(_ reader: inout JSONReader) throws(JSONError) {
    if try reader.skipNull() { return }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard key == "conditions", try !reader.skipNull() else {
        try reader.skipValueUnlessRead(key, "conditions")
        continue
      }
      try reader.beginArray()
      while try reader.nextElement() {
        var isReadiness = false
        var isTrue = false
        try reader.beginObject()
        while let key = try reader.nextKey() {
          switch key {
          case "type": isReadiness = try reader.text() == "Ready"
          case "status": isTrue = try reader.text() == "True"
          default: try reader.skipValue()
          }
        }
        if isReadiness { isReady = isTrue }
      }
    }
  }

  // Field numbers: k8s.io/api/core/v1/generated.proto, Node, NodeStatus, NodeCondition.
  package static func read(
    _ reader: inout ProtobufReader, _ context: inout DecodingContext
  ) throws(ProtobufError) -> NodeObject {
    var node = NodeObject()
    while let field = try reader.nextField() {
      switch field {
      case 1:
        var metadata = try reader.message()
        node.take(try ObjectMetadata.read(&metadata, &context, keeping: .topology))
      case 3:
        var status = try reader.message()
        while let field = try status.nextField() {
          guard field == 4 else {
            try status.skip()
            continue
          }
          var condition = try status.message()
          try node.readCondition(&condition)
        }
      default: try reader.skip()
      }
    }
    return node
  }

  private mutating func readCondition(_ reader: inout ProtobufReader) throws(ProtobufError) {
    var isReadiness = false
    var isTrue = false
    while let field = try reader.nextField() {
      switch field {
      case 1: isReadiness = try reader.bytes() == "Ready"
      case 2: isTrue = try reader.bytes() == "True"
      default: try reader.skip()
      }
    }
    if isReadiness { isReady = isTrue }
  }
}
