import JSON
import Testing

@testable import APIServer

@Suite struct PatchTests {
  @Test func mergePatchRemovesNullsAndReplacesLists() {
    let value: JSONValue = ["a": ["b": 1, "c": 2], "l": [1, 2]]
    #expect(value.merging(["a": ["b": nil], "l": [3], "n": ["x": nil]]) == ["a": ["c": 2], "l": [3], "n": [:]])
  }

  @Test func jsonPatchAppliesInOrderOrNotAtAll() throws {
    let value: JSONValue = ["l": [1, 2], "a/b": 1]
    let patch = try JSONPatch([
      ["op": "add", "path": "/l/1", "value": 9], ["op": "remove", "path": "/a~1b"],
      ["op": "test", "path": "/l/1", "value": 9], ["op": "add", "path": "/l/-", "value": 7],
    ])
    #expect(try patch.apply(to: value) == ["l": [1, 9, 2, 7]])
    let failing = try JSONPatch([["op": "test", "path": "/l/0", "value": 5]])
    #expect(throws: APIError.self) { try failing.apply(to: value) }
  }

  @Test func strategicMergeTellsPortsApartByTheirNumber() {
    let value: JSONValue = ["spec": ["ports": [["port": 80, "name": "http"], ["port": 443, "name": "https"]]]]
    let patch: JSONValue = [
      "spec": ["ports": [["port": 80, "targetPort": 8080], ["port": 443, "$patch": "delete"], ["port": 9]]]
    ]
    let merged = StrategicMergePatch(patch, strategies: ["spec.ports": .byKey("port")]).apply(to: value)
    #expect(
      merged == ["spec": ["ports": [["port": 80, "name": "http", "targetPort": 8080], ["port": 9]]]])
  }
}
