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

  private func ports(_ ports: JSONValue) -> JSONValue { ["spec": ["ports": ports]] }

  private func strategic(_ original: JSONValue, _ patch: JSONValue) throws -> JSONValue {
    try StrategicMergePatch(patch, schema: ServiceSchema.schema).apply(to: original)
  }

  @Test func strategicMergeTellsPortsApartByTheirNumber() throws {
    let merged = try strategic(
      ports([["port": 80, "name": "http"], ["port": 443, "name": "https"]]),
      ports([["port": 80, "targetPort": 8080], ["port": 443, "$patch": "delete"], ["port": 9]]))
    #expect(merged == ports([["port": 80, "name": "http", "targetPort": 8080], ["port": 9]]))
  }

  @Test func strategicMergeFollowsItsDirectives() throws {
    let two = ports([["port": 1], ["port": 2]])
    #expect(try strategic(two, ports([["port": 9]])) == ports([["port": 9], ["port": 1], ["port": 2]]))
    #expect(try strategic(two, ports([["$patch": "replace"], ["port": 9]])) == ports([["port": 9]]))
    #expect(
      try strategic(two, ["spec": ["$setElementOrder/ports": [["port": 2], ["port": 1]]]])
        == ports([["port": 2], ["port": 1]]))
    #expect(
      try strategic(
        ["spec": ["type": "NodePort", "externalName": "a"]],
        ["spec": ["$retainKeys": ["type"], "type": "ClusterIP"]]) == ["spec": ["type": "ClusterIP"]])
    #expect(try strategic(two, ["spec": ["$patch": "replace", "type": "X"]]) == ["spec": ["type": "X"]])
    #expect(try strategic(two, ["spec": ["$patch": "delete"]]) == ["spec": [:]])
    let finalizers: JSONValue = ["metadata": ["finalizers": ["a", "b"]]]
    #expect(
      try strategic(finalizers, ["metadata": ["$deleteFromPrimitiveList/finalizers": ["a"]]])
        == ["metadata": ["finalizers": ["b"]]])
    #expect(
      try strategic(finalizers, ["metadata": ["finalizers": ["c", "a"]]])
        == ["metadata": ["finalizers": ["c", "a", "b"]]])
  }

  @Test(arguments: [
    (#"{"spec":{"$patch":"explode"}}"#, 400), (#"{"spec":{"ports":[{"name":"x"}]}}"#, 400),
    (#"{"spec":{"$retainKeys":["type"],"externalName":"a"}}"#, 422), (#"{"spec":{"$retainKeys":1}}"#, 400),
    (#"{"spec":{"ports":[{"port":1}],"$setElementOrder/ports":[{"port":2}]}}"#, 400),
  ])
  func strategicMergeRefuses(_ text: String, _ code: Int) throws {
    let error = try #require(throws: APIError.self) {
      try strategic(["spec": ["ports": [["port": 1]]]], try JSONValue.parse(text))
    }
    #expect(error.code == code)
  }

  @Test(arguments: [
    (#"[{"op":"test","path":"/a","value":1.0},{"op":"move","from":"/a","path":"/b"}]"#, #"{"b":1,"l":[1,2]}"#),
    (#"[{"op":"copy","from":"/l/0","path":"/l/-"},{"op":"replace","path":"/a","value":{}}]"#, #"{"a":{},"l":[1,2,1]}"#),
    (#"[{"op":"test","path":"/gone","value":null},{"op":"remove","path":"/l/1"}]"#, #"{"a":1,"l":[1]}"#),
  ])
  func jsonPatchDoes(_ patch: String, _ result: String) throws {
    let patched = try JSONPatch(try JSONValue.parse(patch)).apply(to: ["a": 1, "l": [1, 2]])
    #expect(patched.text() == result)
  }

  @Test(arguments: [
    (#"{}"#, 400), (#"[{"op":"add","path":"/x"}]"#, 400), (#"[{"path":"/x"}]"#, 400),
    (#"[{"op":"bend","path":"/x"}]"#, 422), (#"[{"op":"remove","path":"/x"}]"#, 422),
    (#"[{"op":"replace","path":"/l/2","value":1}]"#, 422), (#"[{"op":"add","path":"/l/01","value":1}]"#, 422),
    (#"[{"op":"add","path":"/x/y","value":1}]"#, 422), (#"[{"op":"test","path":"/a","value":2}]"#, 422),
    (#"[{"op":"move","from":"/l","path":"/l/0"}]"#, 422), (#"[{"op":"copy","from":"/x","path":"/y"}]"#, 422),
  ])
  func jsonPatchRefuses(_ patch: String, _ code: Int) throws {
    let error = try #require(throws: APIError.self) {
      try JSONPatch(try JSONValue.parse(patch)).apply(to: ["a": 1, "l": [1, 2]])
    }
    #expect(error.code == code)
  }
}
