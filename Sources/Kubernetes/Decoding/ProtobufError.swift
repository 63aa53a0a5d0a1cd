/// Why bytes are not the protobuf message that was expected, and where.
package struct ProtobufError: Error, Hashable, Sendable, CustomStringConvertible {
  package var reason: Reason
  /// Offset in bytes from the start of the outermost message.
  package var offset: Int

  package enum Reason: String, Hashable, Sendable {
    case unexpectedEnd = "the message ends too early"
    case badVarint = "a number is longer than 64 bits"
    case badTag = "a field has an impossible number"
    case wrongWireType = "a field has an unexpected kind"
    case notKubernetes = "it does not start with the mark of Kubernetes protobuf"
    case notOffered = "objects of this kind are never sent as protobuf"
  }

  package init(_ reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  package var description: String { "not the expected protobuf at byte \(offset): \(reason.rawValue)" }
}
