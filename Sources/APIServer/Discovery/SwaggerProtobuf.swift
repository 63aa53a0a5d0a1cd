import JSON

/// An OpenAPI v2 document in the one form that kubectl reads it in: the Protocol Buffers of gnostic's `OpenAPIv2.proto`.
///
/// Only what ``OpenAPI/swagger`` contains is written.
enum SwaggerProtobuf {
  /// What clients ask for.
  static let acceptedType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"
  /// What they are answered with: the sign `@` has no place in a media type, and Go's clients refuse it.
  static let mediaType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

  static func encode(_ document: JSONValue) -> [UInt8] {
    var writer = ProtobufWriter()
    text(document, "swagger", 1, &writer)
    writer.message(2) { info in
      text(document["info"] ?? [:], "title", 1, &info)
      text(document["info"] ?? [:], "version", 2, &info)
    }
    writer.message(8) { paths in
      for (name, item) in members(document["paths"]) { named(name, 2, &paths) { pathItem(item, &$0) } }
    }
    writer.message(9) { definitions in
      for (name, value) in members(document["definitions"]) { named(name, 1, &definitions) { schema(value, &$0) } }
    }
    return writer.bytes
  }

  private static func members(_ value: JSONValue?) -> [(key: String, value: JSONValue)] {
    (value?.object ?? [:]).sorted { $0.key < $1.key }
  }

  private static func text(_ value: JSONValue, _ member: String, _ number: Int, _ writer: inout ProtobufWriter) {
    if let text = value[member]?.string { writer.write(number, text) }
  }

  private static func named(
    _ name: String, _ number: Int, _ writer: inout ProtobufWriter, _ body: (inout ProtobufWriter) -> Void
  ) {
    writer.message(number) { pair in
      pair.write(1, name)
      pair.message(2, body)
    }
  }

  private static func pathItem(_ item: JSONValue, _ writer: inout ProtobufWriter) {
    for (method, number) in [("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8)] {
      if let value = item[method] { writer.message(number) { operation(value, &$0) } }
    }
    for value in item["parameters"]?.array ?? [] { writer.message(9) { parameter(value, &$0) } }
  }

  private static func operation(_ value: JSONValue, _ writer: inout ProtobufWriter) {
    text(value, "operationId", 5, &writer)
    for entry in value["parameters"]?.array ?? [] { writer.message(8) { parameter(entry, &$0) } }
    writer.message(9) { responses in
      for (code, response) in members(value["responses"]) {
        named(code, 1, &responses) { value in value.message(1) { text(response, "description", 1, &$0) } }
      }
    }
    extensions(value, 13, &writer)
  }

  /// A parameter that is no body: one of the path or of the query.
  private static func parameter(_ value: JSONValue, _ writer: inout ProtobufWriter) {
    let isInPath = value["in"]?.string == "path"
    writer.message(1) { parameter in
      parameter.message(2) { nonBody in
        nonBody.message(isInPath ? 4 : 3) { fields in
          if value["required"] == true { fields.write(1, Int64(1)) }
          text(value, "in", 2, &fields)
          text(value, "description", 3, &fields)
          text(value, "name", 4, &fields)
          text(value, "type", isInPath ? 5 : 6, &fields)
        }
      }
    }
  }

  private static func schema(_ value: JSONValue, _ writer: inout ProtobufWriter) {
    text(value, "$ref", 1, &writer)
    text(value, "format", 2, &writer)
    text(value, "description", 4, &writer)
    if let number = value["maximum"]?.integer { writer.write(7, Double(number)) }
    if let number = value["minimum"]?.integer { writer.write(9, Double(number)) }
    for (member, number) in [("maxLength", 11), ("minLength", 12), ("maxItems", 14)] {
      if let limit = value[member]?.integer { writer.write(number, limit) }
    }
    text(value, "pattern", 13, &writer)
    for name in value["required"]?.array ?? [] { writer.write(19, name.string ?? "") }
    for entry in value["enum"]?.array ?? [] { writer.message(20) { any(entry, &$0) } }
    if let inner = value["additionalProperties"] { writer.message(21) { $0.message(1) { schema(inner, &$0) } } }
    if let type = value["type"]?.string { writer.message(22) { $0.write(1, type) } }
    if let items = value["items"] { writer.message(23) { $0.message(1) { schema(items, &$0) } } }
    if value["properties"] != nil {
      writer.message(25) { properties in
        for (name, inner) in members(value["properties"]) { named(name, 1, &properties) { schema(inner, &$0) } }
      }
    }
    extensions(value, 31, &writer)
  }

  private static func extensions(_ value: JSONValue, _ number: Int, _ writer: inout ProtobufWriter) {
    for (name, entry) in members(value) where name.hasPrefix("x-") { named(name, number, &writer) { any(entry, &$0) } }
  }

  /// A free value: as YAML, of which JSON is a part.
  private static func any(_ value: JSONValue, _ writer: inout ProtobufWriter) { writer.write(2, value.text() + "\n") }
}
