import JSON
import Testing

@testable import APIServer

@Suite struct FieldSetTests {
  /// A set of fields as a plain set of paths: what the tree has to agree with.
  private struct Model {
    var paths: Set<FieldPath> = []

    init(_ random: inout TestRandom) {
      for _ in 0..<random.below(8) {
        paths.insert((0...random.below(3)).map { _ in Self.step(&random) })
      }
    }

    static func step(_ random: inout TestRandom) -> PathElement {
      switch random.below(5) {
      case 0: .key(["port": .integer(Int64(random.below(2))), "protocol": "TCP"])
      case 1: .value(.string("v\(random.below(2))"))
      case 2: .index(random.below(2))
      default: .field("f\(random.below(3))")
      }
    }
  }

  @Test func agreesWithAPlainSetOfPaths() {
    var random = TestRandom(seed: 7)
    for _ in 0..<2000 {
      let (one, other) = (Model(&random), Model(&random))
      let (left, right) = (FieldSet(one.paths), FieldSet(other.paths))
      #expect(Set(left.paths) == one.paths)
      #expect(left.count == one.paths.count)
      #expect(Set(left.union(right).paths) == one.paths.union(other.paths))
      #expect(Set(left.intersection(right).paths) == one.paths.intersection(other.paths))
      #expect(Set(left.subtracting(right).paths) == one.paths.subtracting(other.paths))
      let outside = one.paths.filter { path in !other.paths.contains { path.starts(with: $0) } }
      #expect(Set(left.subtractingWithContents(right).paths) == outside)
      #expect(one.paths.allSatisfy { left.contains($0) })
      #expect(left.union(right) == right.union(left))
      #expect(left.subtracting(left).isEmpty)
      #expect(FieldSet(fieldsV1: left.fieldsV1) == left)
    }
  }

  @Test func isWrittenAsFieldsV1() {
    let port: FieldPath = [.field("spec"), .field("ports"), .key(["port": 80, "protocol": "TCP"])]
    let set = FieldSet([
      port, port + [.field("port")], [.field("metadata"), .field("finalizers"), .value("a/b")],
      [.field("spec"), .field("type")],
    ])
    #expect(
      set.fieldsV1 == [
        "f:metadata": ["f:finalizers": ["v:\"a/b\"": [:]]],
        "f:spec": [
          "f:ports": [#"k:{"port":80,"protocol":"TCP"}"#: [".": [:], "f:port": [:]]], "f:type": [:],
        ],
      ])
    #expect((port + [.field("port")]).text == ".spec.ports[port=80,protocol=\"TCP\"].port")
  }

  @Test(arguments: ["[]", #"{"f:a":1}"#, #"{"x:a":{}}"#, #"{"k:[]":{}}"#, #"{"i:x":{}}"#, #"{"f":{}}"#])
  func refuses(_ text: String) throws {
    #expect(FieldSet(fieldsV1: try JSONValue.parse(text)) == nil)
  }
}
