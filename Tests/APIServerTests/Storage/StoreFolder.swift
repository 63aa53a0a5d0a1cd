import Glibc
import JSON
import Testing

@testable import APIServer

/// A folder with a store in it, for one test.
struct StoreFolder {
  let path: String
  var store: String { path + "/federation.sqlite" }

  init() throws {
    var template = Array("/tmp/zonetop-store-XXXXXX".utf8CString)
    path = String(cString: try #require(mkdtemp(&template)))
  }

  func remove() {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// An endpoint over the store as it lies there.
  func open(journalCapacity: Int = 2048) async throws -> APIEndpoint {
    APIEndpoint(
      path: "", catalog: .federation, kept: try await SQLiteLog.open(store, journalCapacity: journalCapacity))
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = Glibc.open(path, O_RDONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  static func write(_ content: some Sequence<UInt8>, to path: String) throws {
    let bytes = Array(content)
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }
}

extension APIEndpoint {
  /// Everything that can be read, as text: two endpoints with the same objects say the same.
  func everything() throws -> [String] {
    try catalog.kinds.flatMap { kind in
      try list(kind).objects.map { "\(kind.plural) " + String(decoding: $0.text, as: UTF8.self) }
    }
  }
}

extension JSONValue {
  static func named(_ name: String, _ more: JSONValue = [:]) -> JSONValue {
    var value = more
    value[at: ["metadata", "name"]] = .string(name)
    return value
  }
}
