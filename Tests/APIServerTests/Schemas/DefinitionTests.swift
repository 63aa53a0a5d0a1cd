import Glibc
import JSON
import Testing

@testable import APIServer

/// The definitions for real API servers say what the embedded one does, word for word.
@Suite struct DefinitionTests {
  @Test(arguments: ResourceKind.custom)
  func theDefinitionInTheRepositoryIsTheSchema(kind: ResourceKind) throws {
    let path = "Deploy/crds/\(kind.plural).yaml"
    let expected =
      "# Made from the schema of \(kind.name) (Sources/APIServer/Schemas); `make crds` writes it anew.\n"
      + YAMLText.text(kind.definition)
    if getenv("ZONETOP_WRITE_CRDS") != nil { try Self.write(expected, to: path) }
    #expect(try Self.read(path) == expected, "\(path) is not what the schema says; `make crds` writes it anew")
  }

  @Test func theRolesInTheRepositoryAreThoseOfTheEmbeddedServer() throws {
    let path = "Deploy/rbac/federation-roles.yaml"
    let expected =
      """
      # What may be done at a real API server that is the federation API, made from the embedded one's roles
      # (Sources/APIServer/Access); `make crds` writes it anew, `zonetop clusters init` applies it. The controller runs as
      # the ServiceAccount zonetop-system/zonetop or in the group zonetop:controllers. RBAC cannot tell a vantage point
      # by its name: where probes are not trusted alike, give each a Role with `resourceNames`.

      """ + AccessRole.taught.flatMap(\.definitions).map(YAMLText.text).joined(separator: "---\n")
    if getenv("ZONETOP_WRITE_CRDS") != nil { try Self.write(expected, to: path) }
    #expect(try Self.read(path) == expected, "\(path) is not what the roles say; `make crds` writes it anew")
  }

  private struct FileError: Error { var path: String }

  private static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw FileError(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw FileError(path: path) }
    defer { fclose(file) }
    fputs(text, file)
  }
}
