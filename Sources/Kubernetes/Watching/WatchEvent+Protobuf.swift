import JSON

// Field numbers: meta/v1/generated.proto WatchEvent (type = 1, object = 2), runtime RawExtension (raw = 1), Status
// (message = 3, reason = 4, code = 6). The event stands bare in its frame; the object in it has the usual envelope.
extension WatchEvent {
  /// Reads one frame of a watch.
  ///
  /// - Returns: nil for a type that is not known.
  /// - Throws: the server's own error for an event of type `ERROR`, `incomplete` for what cannot be read.
  static func read(protobuf frame: [UInt8], _ context: inout DecodingContext) throws(KubernetesError) -> WatchEvent? {
    do {
      return try frame.span.withUnsafeBufferPointer { buffer throws in
        var reader = ProtobufReader(buffer)
        var type = ""
        var object: ProtobufBytes?
        while let field = try reader.nextField() {
          switch field {
          case 1: type = try reader.bytes().string
          case 2:
            var extended = try reader.message()
            while let field = try extended.nextField() {
              if field == 1 { object = try extended.bytes() } else { try extended.skip() }
            }
          default: try reader.skip()
          }
        }
        guard let object else { throw KubernetesError(.incomplete, "an event of the watch has no object") }
        var envelope = try ProtobufEnvelope.read(object.bytes)
        return try read(type: type, &envelope.message, &context)
      }
    } catch let error as KubernetesError {
      throw error
    } catch {
      throw KubernetesError(.incomplete, "an event of the watch cannot be read: \(error)")
    }
  }

  private static func read(
    type: String, _ reader: inout ProtobufReader, _ context: inout DecodingContext
  ) throws -> WatchEvent? {
    switch type {
    case "ADDED", "MODIFIED":
      let object = try Object.read(&reader, &context)
      return WatchEvent(kind: .applied(object), resourceVersion: object.resourceVersion)
    case "DELETED":
      let object = try Object.read(&reader, &context)
      return WatchEvent(kind: .removed(object.key), resourceVersion: object.resourceVersion)
    case "BOOKMARK":
      let object = try Object.read(&reader, &context)
      return WatchEvent(kind: .bookmark, resourceVersion: object.resourceVersion)
    case "ERROR": throw try status(&reader)
    default: return nil
    }
  }

  private static func status(_ reader: inout ProtobufReader) throws(ProtobufError) -> KubernetesError {
    var object: JSONValue = [:]
    while let field = try reader.nextField() {
      switch field {
      case 3: object["message"] = .string(try reader.bytes().string)
      case 4: object["reason"] = .string(try reader.bytes().string)
      case 6: object["code"] = .integer(Int64(truncatingIfNeeded: try reader.integer()))
      default: try reader.skip()
      }
    }
    return KubernetesError(watchStatus: object)
  }
}
