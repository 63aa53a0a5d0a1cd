/// What Kubernetes wraps around every protobuf object: the mark `k8s\0` and a `runtime.Unknown`.
///
/// (k8s.io/apimachinery/pkg/runtime/generated.proto: Unknown has typeMeta = 1, raw = 2; TypeMeta has apiVersion = 1,
/// kind = 2.)
struct ProtobufEnvelope {
  var apiVersion = ""
  var kind = ""
  /// The object itself.
  var message: ProtobufReader

  static func read(_ buffer: UnsafeBufferPointer<UInt8>) throws(ProtobufError) -> ProtobufEnvelope {
    guard buffer.count >= 4, buffer[0] == 0x6B, buffer[1] == 0x38, buffer[2] == 0x73, buffer[3] == 0 else {
      throw ProtobufError(.notKubernetes, offset: 0)
    }
    var unknown = ProtobufReader(UnsafeBufferPointer(rebasing: buffer[4...]))
    var envelope: ProtobufEnvelope?
    var apiVersion = ""
    var kind = ""
    while let field = try unknown.nextField() {
      switch field {
      case 1:
        var type = try unknown.message()
        while let field = try type.nextField() {
          switch field {
          case 1: apiVersion = try type.bytes().string
          case 2: kind = try type.bytes().string
          default: try type.skip()
          }
        }
      case 2: envelope = ProtobufEnvelope(message: try unknown.message())
      default: try unknown.skip()
      }
    }
    guard var envelope else { throw ProtobufError(.unexpectedEnd, offset: unknown.offset) }
    envelope.apiVersion = apiVersion
    envelope.kind = kind
    return envelope
  }
}
