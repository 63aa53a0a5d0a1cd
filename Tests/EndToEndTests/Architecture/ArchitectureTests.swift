import Foundation
import Testing

/// Reads the import lines rather than the manifest: SwiftPM lets a target import whatever happens to be built already,
/// the manifest allows more than is used, and `swift package describe` cannot run while `swift test` holds the build.
/// With `MemberImportVisibility` every file names each module whose members it uses, so that the lines are the truth.
@Suite("The floors of the house")
struct ArchitectureTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources").standardizedFileURL

  private static func swiftFiles(of target: String) -> [URL] {
    let files = FileManager.default.enumerator(at: sources.appending(path: target), includingPropertiesForKeys: nil)
    return files?.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" } ?? []
  }

  private static func targets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: sources.path()).filter { !swiftFiles(of: $0).isEmpty }.sorted()
  }

  @Test("Every import follows an arrow, and each library has its one door")
  func imports() throws {
    var followed: Set<String> = []
    for target in try Self.targets() {
      #expect(House.arrows[target] != nil, "\(target) has no place in the house; give it one in House.swift")
      for file in Self.swiftFiles(of: target) {
        for module in House.imports(in: try String(contentsOf: file, encoding: .utf8)) {
          let objection = House.objection(to: module, in: target)
          #expect(objection == nil, "\(file.lastPathComponent): \(objection ?? "")")
          followed.insert("\(target) → \(module)")
        }
      }
    }
    // Otherwise nothing was read, and nothing was proved.
    #expect(followed.isSuperset(of: ["HTTPTransport → CCurl", "Kubernetes → HTTPTransport", "DNS → Federation"]))
  }

  @Test("The arrows have no way round")
  func noCycles() {
    var placed: Set<String> = []
    var remaining = House.arrows
    while let next = remaining.filter({ $0.value.isSubset(of: placed) }).keys.min() {
      placed.insert(next)
      remaining[next] = nil
    }
    #expect(remaining.isEmpty)
  }

  @Test("The rules object to what they should")
  func rules() {
    #expect(House.objection(to: "Kubernetes", in: "Dashboard") != nil)
    #expect(House.objection(to: "Terminal", in: "Control") != nil)
    #expect(House.objection(to: "CCurl", in: "Kubernetes") != nil)
    #expect(House.objection(to: "Foundation", in: "Federation") != nil)
    #expect(House.objection(to: "Alamofire", in: "Kubernetes") != nil)
    #expect(House.objection(to: "Federation", in: "Attic") != nil)
    #expect(House.objection(to: "Federation", in: "DNS") == nil)
    let source = """
      // import Comment
      @preconcurrency package import struct Federation.Timestamp
      import DNS // why
      let text = "import Nothing"
      """
    #expect(House.imports(in: source) == ["Federation", "DNS"])
  }
}
