import JSON
import Testing

@testable import APIServer

@Suite struct DiscoveryTests {
  private let documents = OpenAPI(catalog: .federation, path: "")

  @Test("Namespaces are deleted one by one, as at a real server")
  func namespaceVerbs() throws {
    let resources = try Discovery(catalog: .federation).resources(group: "", version: "v1")["resources"]?.array ?? []
    func verbs(_ plural: String) -> [String] {
      resources.first { $0["name"]?.string == plural }?["verbs"]?.array?.compactMap(\.string) ?? []
    }
    #expect(verbs("namespaces").contains("delete") && !verbs("namespaces").contains("deletecollection"))
    #expect(verbs("configmaps").contains("deletecollection"))
  }

  @Test("kubectl finds a list of definitions, which is empty")
  func definitions() throws {
    let target = try APITarget(
      path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", catalog: .federation)
    guard case .definitions = target else {
      Issue.record("the path means \(target)")
      return
    }
    #expect(throws: APIError.self) {
      try APITarget(path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/x", catalog: .federation)
    }
  }

  @Test("Every reference in the documents leads to a definition")
  func references() throws {
    var count = 0
    func check(_ value: JSONValue, _ prefix: String, _ known: JSONValue) {
      if let reference = value["$ref"]?.string {
        count += 1
        #expect(reference.hasPrefix(prefix))
        #expect(known[String(reference.dropFirst(prefix.count))] != nil, "\(reference)")
      }
      for inner in value.object?.values.map({ $0 }) ?? value.array ?? [] { check(inner, prefix, known) }
    }
    let swagger = documents.swagger
    check(swagger, "#/definitions/", swagger["definitions"] ?? [:])
    let core = try documents.document(group: "", version: "v1")
    check(core, "#/components/schemas/", core["components"]?["schemas"] ?? [:])
    #expect(count > 100)
  }

  @Test("OpenAPI v2 is written with the field numbers of gnostic's OpenAPIv2.proto, as real servers do")
  func protobuf() {
    let document: JSONValue = [
      "swagger": "2.0", "info": ["title": "T", "version": "v1"],
      "definitions": ["A": ["type": "object", "description": "d", "properties": ["b": ["$ref": "#/definitions/B"]]]],
    ]
    let reference = bytes(25, bytes(1, bytes(1, "b") + bytes(2, bytes(1, "#/definitions/B"))))
    let type = bytes(22, bytes(1, "object"))
    let definition = bytes(1, bytes(1, "A") + bytes(2, bytes(4, "d") + type + reference))
    let expected =
      bytes(1, "2.0") + bytes(2, bytes(1, "T") + bytes(2, "v1")) + bytes(8, [UInt8]()) + bytes(9, definition)
    #expect(SwaggerProtobuf.encode(document) == expected)
  }

  /// A field of a message: its number with the type 2, the length, the content.
  private func bytes(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    let tag = number < 16 ? [number << 3 | 2] : [number << 3 | 0x82, number >> 4]
    return tag + [UInt8(content.count)] + content
  }

  private func bytes(_ number: UInt8, _ text: String) -> [UInt8] { bytes(number, Array(text.utf8)) }
}
