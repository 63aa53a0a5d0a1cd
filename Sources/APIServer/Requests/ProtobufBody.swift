import JSON

/// Bodies in Kubernetes' protobuf form, in which kubectl since 1.32 sends what its own commands make (`create
/// namespace`, `auth can-i`); answers are JSON, which it takes as well.
///
/// Only the kinds that those commands make are read. The envelope is `k8s\0` and a `runtime.Unknown`
/// (<https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding>).
enum ProtobufBody {
  static let mediaType = "application/vnd.kubernetes.protobuf"

  /// A body as JSON where it is protobuf, and as it is otherwise.
  static func transcoded(_ type: String, _ body: [UInt8]) throws(APIError) -> (mediaType: String, body: [UInt8]) {
    guard type == mediaType, !body.isEmpty else { return (type, body) }
    return ("application/json", try object(body).encoded())
  }

  /// The object of a body; throws 415 for kinds that are not read and 400 for what is no such body.
  static func object(_ body: [UInt8]) throws(APIError) -> JSONValue {
    guard body.starts(with: [0x6B, 0x38, 0x73, 0]) else { throw unreadable }
    let envelope = try ProtobufMessage(body.dropFirst(4))
    guard let type = try envelope.bytes(1).map({ bytes throws(APIError) in try ProtobufMessage(bytes) }),
      let raw = envelope.bytes(2), envelope.bytes(3)?.isEmpty ?? true
    else { throw unreadable }
    let apiVersion = String(decoding: type.bytes(1) ?? [], as: UTF8.self)
    let kind = String(decoding: type.bytes(2) ?? [], as: UTF8.self)
    guard let shape = ProtobufShape.shapes["\(apiVersion)/\(kind)"] else {
      throw .unsupportedMediaType(accepted: ["application/json"])
    }
    var object = try shape.object(ProtobufMessage(raw))
    object["apiVersion"] = .string(apiVersion)
    object["kind"] = .string(kind)
    return object
  }

  static var unreadable: APIError { .badRequest("the body of the request is no Kubernetes protobuf object") }
}

/// The fields of one protobuf message, in the order in which they came.
struct ProtobufMessage {
  var fields: [(number: Int, value: Value)] = []

  enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  init(_ bytes: ArraySlice<UInt8>) throws(APIError) {
    var rest = bytes
    while !rest.isEmpty {
      let key = try Self.varint(&rest)
      guard key >> 3 > 0, key >> 3 < 1 << 29 else { throw ProtobufBody.unreadable }
      switch key & 7 {
      case 0: fields.append((Int(key >> 3), .number(try Self.varint(&rest))))
      case 2:
        let count = try Self.varint(&rest)
        guard count <= UInt64(rest.count) else { throw ProtobufBody.unreadable }
        fields.append((Int(key >> 3), .bytes(rest.prefix(Int(count)))))
        rest = rest.dropFirst(Int(count))
      default: throw ProtobufBody.unreadable
      }
    }
  }

  /// The last value of a field that holds bytes.
  func bytes(_ number: Int) -> ArraySlice<UInt8>? {
    guard case .bytes(let bytes)? = fields.last(where: { $0.number == number })?.value else { return nil }
    return bytes
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) throws(APIError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw ProtobufBody.unreadable
  }
}
