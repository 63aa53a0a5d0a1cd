import JSON
import Testing

@testable import APIServer

@Suite struct FieldValidationTests {
  private func read(
    _ text: String, of kind: ResourceKind = .service, _ mode: FieldValidation.Mode = .strict
  ) throws -> (object: JSONValue, warnings: [String]) {
    try FieldValidation(mode: mode).read(Array(text.utf8), try JSONValue.parse(text), of: kind)
  }

  private let odd = #"{"spec":{"foo":1,"type":"ClusterIP","ports":[{"port":80,"bar":{"x":1}}],"type":"NodePort"}}"#

  @Test func strictRefusesInTheOrderOfTheText() throws {
    let error = try #require(throws: APIError.self) { try read(odd) }
    #expect(error.code == 400)
    #expect(
      error.message == #"Service in version "v1" cannot be handled as a Service: strict decoding error: "#
        + #"unknown field "spec.foo", unknown field "spec.ports[0].bar", duplicate field "spec.type""#)
  }

  @Test func warnDropsAndTells() throws {
    let (object, warnings) = try read(odd, .warn)
    #expect(object == ["spec": ["type": "NodePort", "ports": [["port": 80]]]])
    #expect(
      warnings == [
        #"unknown field "spec.foo""#, #"unknown field "spec.ports[0].bar""#, #"duplicate field "spec.type""#,
      ])
    #expect(try read(odd, .ignore).warnings.isEmpty)
    #expect(try read(odd, .ignore).object == object)
  }

  private func read(_ text: String, _ mode: FieldValidation.Mode) throws -> (object: JSONValue, warnings: [String]) {
    try read(text, of: .service, mode)
  }

  @Test(arguments: [
    (#"{"spec":{"ports":[{"port":"80"}]}}"#, "string into Go struct field ServicePort.spec.ports.port of type int32"),
    (#"{"spec":{"type":1}}"#, "number into Go struct field ServiceSpec.spec.type of type string"),
    (#"{"spec":{"ports":{}}}"#, "object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort"),
    (#"{"metadata":{"labels":{"a":true}}}"#, "bool into Go struct field ObjectMeta.metadata.labels of type string"),
  ])
  func wrongTypesOfBuiltInKindsAreToldAsGoDoes(_ text: String, _ why: String) throws {
    let error = try #require(throws: APIError.self) { try read(text, .ignore) }
    #expect(error.code == 400)
    #expect(
      error.message == "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal \(why)")
  }

  @Test func wrongTypesOfCustomKindsAreInvalid() throws {
    let error = try #require(throws: APIError.self) {
      try read(#"{"metadata":{"name":"c"},"spec":{"reason":7,"kind":"stop"}}"#, of: .cordon)
    }
    #expect(error.code == 422)
    #expect(
      error.message.contains(
        #"spec.reason: Invalid value: "integer": spec.reason in body must be of type string: "integer""#))
    // What else is wrong is told with it.
    #expect(error.message.contains(#"spec.kind: Unsupported value: "stop""#))
    #expect(error.message.contains("spec.target: Required value"))
    #expect(!error.message.contains("spec.reason: Required value"))
  }

  @Test func aPatchIsHeldAgainstTheSchemaToo() throws {
    var registry = Registry(catalog: .federation, store: ResourceStore(startingAt: 1, journalCapacity: 8))
    _ = try registry.create(.namespace, in: "", ["metadata": ["name": "ns"]], by: .client, unixSeconds: 0)
    _ = try registry.create(.configMap, in: "ns", ["metadata": ["name": "c"]], by: .client, unixSeconds: 0)
    let name = ObjectName(namespace: "ns", name: "c")
    let patch = Patch.merge(["data": ["a": "b"], "foo": 1])
    let warned = try registry.patch(
      .configMap, name, patch, by: .client, validation: FieldValidation(mode: .warn), unixSeconds: 0)
    #expect(warned.warnings == [#"unknown field "foo""#])
    #expect(warned.object.value["foo"] == nil)
    let error = try #require(throws: APIError.self) {
      try registry.patch(
        .configMap, name, patch, by: .client, validation: FieldValidation(mode: .strict), unixSeconds: 0)
    }
    #expect(error.code == 422)
    #expect(error.message.hasSuffix(#": strict decoding error: unknown field "foo""#))
  }

  @Test func yamlIsAppliedAsItReads() throws {
    let yaml =
      "apiVersion: v1\nspec:\n  ports:\n  - port: 80\n    name: \"80\"\n  type: ClusterIP\n  x: [true, ~, 1.5]\n"
    #expect(
      try AppliedConfiguration.parsed(Array(yaml.utf8)) == [
        "apiVersion": "v1",
        "spec": ["ports": [["port": 80, "name": "80"]], "type": "ClusterIP", "x": [true, nil, .number(1.5)]],
      ])
    let error = try #require(throws: APIError.self) { try AppliedConfiguration.parsed(Array("a: b: c".utf8)) }
    #expect(error.message.hasPrefix("error decoding YAML: "))
  }
}
