import JSON

/// One page of a list, read whole or not at all.
package struct ListPage<Object: WatchedObject>: Hashable, Sendable {
  package var items: [Object]
  package var resourceVersion: String
  /// Where the next page starts; empty on the last one.
  package var continueToken: String

  package init(items: [Object], resourceVersion: String, continueToken: String = "") {
    self.items = items
    self.resourceVersion = resourceVersion
    self.continueToken = continueToken
  }
}

/// How a body is encoded, as its `Content-Type` says.
package enum BodyEncoding: Hashable, Sendable {
  case json
  case protobuf
}

extension ListPage {
  /// Reads a page.
  ///
  /// - Throws: ``KubernetesError`` with the code `incomplete` for anything but a whole list (rule whole-reads): a body
  ///   that is cut, has no items or no resource version.
  package static func read(
    _ body: [UInt8], encoding: BodyEncoding, context: inout DecodingContext
  ) throws(KubernetesError) -> ListPage {
    do {
      let page = try body.span.withUnsafeBufferPointer { buffer throws in
        switch encoding {
        case .json: try readJSON(buffer, &context)
        case .protobuf: try readProtobuf(buffer, &context)
        }
      }
      guard let page, !page.resourceVersion.isEmpty else {
        throw KubernetesError(.incomplete, "the answer is not a list with items and a resource version")
      }
      return page
    } catch let error as KubernetesError {
      throw error
    } catch {
      throw KubernetesError(.incomplete, "the list cannot be read: \(error)")
    }
  }

  private static func readJSON(
    _ buffer: UnsafeBufferPointer<UInt8>, _ context: inout DecodingContext
  ) throws(JSONError) -> ListPage? {
    var reader = JSONReader(buffer)
    var page = ListPage(items: [], resourceVersion: "")
    var hasItems = false
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "metadata":
        try reader.beginObject()
        while let key = try reader.nextKey() {
          switch key {
          case "resourceVersion": page.resourceVersion = try reader.string()
          case "continue": page.continueToken = try reader.string()
          default: try reader.skipValue()
          }
        }
      case "items":
        hasItems = true
        if try reader.skipNull() { continue }
        try reader.beginArray()
        while try reader.nextElement() { page.items.append(try Object.read(&reader, &context)) }
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    return hasItems ? page : nil
  }

  // Field numbers: ListMeta of meta/v1/generated.proto; every list has metadata = 1 and items = 2.
  private static func readProtobuf(
    _ buffer: UnsafeBufferPointer<UInt8>, _ context: inout DecodingContext
  ) throws(ProtobufError) -> ListPage? {
    var envelope = try ProtobufEnvelope.read(buffer)
    guard envelope.kind.hasSuffix("List") else { return nil }
    var page = ListPage(items: [], resourceVersion: "")
    while let field = try envelope.message.nextField() {
      switch field {
      case 1:
        var metadata = try envelope.message.message()
        while let field = try metadata.nextField() {
          switch field {
          case 2: page.resourceVersion = try metadata.bytes().string
          case 3: page.continueToken = try metadata.bytes().string
          default: try metadata.skip()
          }
        }
      case 2:
        var item = try envelope.message.message()
        page.items.append(try Object.read(&item, &context))
      default: try envelope.message.skip()
      }
    }
    return page
  }
}
