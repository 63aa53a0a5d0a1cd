package import JSON

/// A Kubernetes object cut to the fields that matter here, read straight from the bytes of a list or a watch.
package protocol WatchedObject: Hashable, Sendable {
  var key: ObjectKey { get }
  /// Opaque: only to be given back to the server that gave it.
  var resourceVersion: String { get }

  /// Where the objects are, when the server need not be asked first.
  static var defaultResource: ResourceType { get }
  /// Whether servers may send the objects as protobuf.
  static var readsProtobuf: Bool { get }

  /// Reads the object that comes next.
  static func read(_ reader: inout JSONReader, _ context: inout DecodingContext) throws(JSONError) -> Self
  /// Reads an object from its whole message.
  static func read(_ reader: inout ProtobufReader, _ context: inout DecodingContext) throws(ProtobufError) -> Self
}

/// What the objects of one list or watch are read with: which of the forms they have, and the strings seen before.
package struct DecodingContext: Sendable {
  /// The resource that the server was asked for.
  package var resource: ResourceType
  var strings = InternTable()

  package init(resource: ResourceType) { self.resource = resource }
}
