import Cryptography
import JSON

/// Reads objects of built-in kinds that come as `application/vnd.kubernetes.protobuf`: the four bytes `k8s` and zero, an
/// envelope with the type, and in it the object as its `generated.proto` has it.
///
/// What is absent and what has the zero value look the same in this form; Kubernetes takes both for absent where the
/// field has no pointer, and so does this.
enum ObjectProtobuf {
  static let mediaType = "application/vnd.kubernetes.protobuf"
  private static let magic: [UInt8] = [0x6B, 0x38, 0x73, 0x00]

  /// The object as JSON would have said it.
  static func decode(_ body: [UInt8], _ schema: Schema?) throws(APIError) -> JSONValue {
    guard body.starts(with: magic) else { throw unreadable }
    do throws(ProtobufReader.Malformed) {
      var envelope = ProtobufReader(body.dropFirst(magic.count))
      var apiVersion = "", kind = "", raw: ArraySlice<UInt8> = []
      while let (number, content) = try envelope.next() {
        guard case .bytes(let bytes) = content else { continue }
        if number == 2 { raw = bytes }
        guard number == 1 else { continue }
        var type = ProtobufReader(bytes)
        while case .some((let member, .bytes(let text))) = try type.next() {
          if member == 1 { apiVersion = String(decoding: text, as: UTF8.self) }
          if member == 2 { kind = String(decoding: text, as: UTF8.self) }
        }
      }
      guard let schema, var object = try message(raw, schema, depth: 0) else { throw ProtobufReader.Malformed() }
      object["apiVersion"] = .string(apiVersion)
      object["kind"] = .string(kind)
      return object
    } catch {
      throw unreadable
    }
  }

  private static let unreadable = APIError.badRequest(
    "the body of the request is no object in Kubernetes' protobuf form")

  /// Nil for a type that has no form of this kind.
  private static func message(
    _ bytes: ArraySlice<UInt8>, _ schema: Schema, depth: Int
  ) throws(ProtobufReader.Malformed) -> JSONValue? {
    guard let members = schema.members, let numbers = members.name.flatMap(WireNumbers.fields), depth < 16 else {
      return nil
    }
    var object: [String: JSONValue] = [:]
    var reader = ProtobufReader(bytes)
    while let (number, content) = try reader.next() {
      guard let name = numbers[number], let field = members[name] else { continue }
      switch field.schema.type {
      case .list(let element, _):
        guard let value = try value(content, element, depth: depth) else { continue }
        object[name] = .array((object[name]?.array ?? []) + [value])
      case .map(let element, _):
        guard case .bytes(let entry) = content else { continue }
        var pair = ProtobufReader(entry)
        var key = "", value: JSONValue = ""
        while let (member, content) = try pair.next() {
          if member == 1, case .bytes(let text) = content { key = String(decoding: text, as: UTF8.self) }
          if member == 2 { value = try self.value(content, element, depth: depth) ?? "" }
        }
        object[name] = .object((object[name]?.object ?? [:]).merging([key: value]) { _, last in last })
      default:
        guard let value = try value(content, field.schema, depth: depth), !isAbsent(value, field) else { continue }
        object[name] = value
      }
    }
    return .object(object)
  }

  /// Go's zero values, which that form writes for fields that were never set.
  private static func isAbsent(_ value: JSONValue, _ field: Schema.Field) -> Bool {
    switch value {
    case .string(""), .null: true
    case .integer(0): !field.isRequired
    case .object(let members): members.isEmpty && field.name != "status"
    default: false
    }
  }

  private static func value(
    _ content: ProtobufReader.Content, _ schema: Schema, depth: Int
  ) throws(ProtobufReader.Malformed) -> JSONValue? {
    switch (schema.type, content) {
    case (.boolean, .number(let number)): return .bool(number != 0)
    case (.integer, .number(let number)): return .integer(Int64(bitPattern: number))
    case (.string(.time), .bytes(let bytes)), (.string(.microTime), .bytes(let bytes)): return try time(bytes, schema)
    case (.string(.bytes), .bytes(let bytes)): return .string(Base64.encode(Array(bytes)))
    case (.string, .bytes(let bytes)): return .string(String(decoding: bytes, as: UTF8.self))
    case (.intOrString, .bytes(let bytes)): return try intOrString(bytes)
    case (.object, .bytes(let bytes)): return try message(bytes, schema, depth: depth + 1)
    default: return nil
    }
  }

  private static func time(_ bytes: ArraySlice<UInt8>, _ schema: Schema) throws(ProtobufReader.Malformed) -> JSONValue {
    var reader = ProtobufReader(bytes)
    var seconds: Int64 = 0, nanoseconds: Int64 = 0
    while let (number, content) = try reader.next() {
      guard case .number(let value) = content else { continue }
      if number == 1 { seconds = Int64(bitPattern: value) }
      if number == 2 { nanoseconds = Int64(bitPattern: value) }
    }
    guard !bytes.isEmpty, (-62_135_596_800...253_402_300_799).contains(seconds) else { return .null }
    let text = RFC3339.text(unixSeconds: seconds)
    guard case .string(.microTime) = schema.type else { return .string(text) }
    let digits = String(1_000_000 + max(0, min(999_999, nanoseconds / 1000))).dropFirst()
    return .string("\(text.dropLast()).\(digits)Z")
  }

  private static func intOrString(_ bytes: ArraySlice<UInt8>) throws(ProtobufReader.Malformed) -> JSONValue {
    var reader = ProtobufReader(bytes)
    var isText = false, number: Int64 = 0, text = ""
    while let (member, content) = try reader.next() {
      switch (member, content) {
      case (1, .number(let type)): isText = type == 1
      case (2, .number(let value)): number = Int64(bitPattern: value)
      case (3, .bytes(let bytes)): text = String(decoding: bytes, as: UTF8.self)
      default: break
      }
    }
    return isText ? .string(text) : number == 0 ? .null : .integer(number)
  }
}
