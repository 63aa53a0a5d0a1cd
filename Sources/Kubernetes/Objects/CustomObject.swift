package import JSON

/// An object of any kind, whole: for small collections such as custom resources and Leases.
package struct CustomObject: WatchedObject {
  package var key: ObjectKey
  package var resourceVersion: String
  package var value: JSONValue

  package init(_ value: JSONValue) {
    let metadata = value["metadata"]
    key = ObjectKey(
      namespace: metadata?["namespace"]?.string.map(cleaned) ?? "", name: metadata?["name"]?.string.map(cleaned) ?? "")
    resourceVersion = metadata?["resourceVersion"]?.string ?? ""
    self.value = value
  }

  /// None: whoever watches custom objects names their resource.
  package static var defaultResource: ResourceType { ResourceType(version: "v1", plural: "") }
  package static var readsProtobuf: Bool { false }

  package static func read(
    _ reader: inout JSONReader, _ context: inout DecodingContext
  ) throws(JSONError) -> CustomObject {
    CustomObject(try reader.value())
  }

  package static func read(
    _ reader: inout ProtobufReader, _ context: inout DecodingContext
  ) throws(ProtobufError) -> CustomObject {
    throw ProtobufError(.notOffered, offset: reader.offset)
  }
}
