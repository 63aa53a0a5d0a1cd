import JSON

extension WatchEvent {
  /// Reads one line of a watch: `{"type": …, "object": …}`, in either order.
  ///
  /// - Returns: nil for a type that is not known.
  /// - Throws: the server's own error for an event of type `ERROR`, `incomplete` for what cannot be read.
  static func read(json line: [UInt8], _ context: inout DecodingContext) throws(KubernetesError) -> WatchEvent? {
    do {
      return try line.span.withUnsafeBufferPointer { buffer throws in
        var reader = JSONReader(buffer)
        var type = ""
        var object: JSONReader?
        try reader.beginObject()
        while let key = try reader.nextKey() {
          switch key {
          case "type": type = try reader.string()
          case "object":
            // Reading the object twice costs little beside knowing first what it is.
            object = reader
            try reader.skipValue()
          default: try reader.skipValue()
          }
        }
        try reader.finish()
        guard var object else { throw KubernetesError(.incomplete, "an event of the watch has no object") }
        return try read(type: type, &object, &context)
      }
    } catch let error as KubernetesError {
      throw error
    } catch {
      throw KubernetesError(.incomplete, "an event of the watch cannot be read: \(error)")
    }
  }

  private static func read(
    type: String, _ reader: inout JSONReader, _ context: inout DecodingContext
  ) throws -> WatchEvent? {
    switch type {
    case "ADDED", "MODIFIED":
      let object = try Object.read(&reader, &context)
      return WatchEvent(kind: .applied(object), resourceVersion: object.resourceVersion)
    case "DELETED":
      let object = try Object.read(&reader, &context)
      return WatchEvent(kind: .removed(object.key), resourceVersion: object.resourceVersion)
    case "BOOKMARK":
      let object = try reader.value()
      return WatchEvent(kind: .bookmark, resourceVersion: object["metadata"]?["resourceVersion"]?.string ?? "")
    case "ERROR": throw KubernetesError(watchStatus: try reader.value())
    default: return nil
    }
  }
}
