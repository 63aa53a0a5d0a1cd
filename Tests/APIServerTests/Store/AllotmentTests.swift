import JSON
import Testing

@testable import APIServer

/// Cluster addresses and node ports, each of which one service holds.
@Suite struct AllotmentTests {
  private let address = ["spec", "clusterIP"]

  private func registry() throws -> Registry {
    var registry = Registry(catalog: .federation, store: ResourceStore())
    _ = try registry.create(.namespace, in: "", ["metadata": ["name": "ns"]], by: .client, unixSeconds: 0)
    return registry
  }

  @discardableResult
  private func create(
    _ name: String, _ spec: [String: JSONValue] = [:], nodePort: JSONValue? = nil, in registry: inout Registry
  ) throws -> JSONValue {
    var port: JSONValue = ["port": 80]
    port["nodePort"] = nodePort
    let spec = spec.merging(["ports": [port], "type": "NodePort"]) { given, _ in given }
    let body: JSONValue = ["metadata": ["name": .string(name)], "spec": .object(spec)]
    return try registry.create(.service, in: "ns", body, by: .client, unixSeconds: 0).value
  }

  private func nodePort(_ service: JSONValue) -> Int64? {
    service["spec"]?["ports"]?.array?.first?["nodePort"]?.integer
  }

  @Test("What somebody has asked for by number is given to nobody else")
  func besidesWhatIsThere() throws {
    var registry = try registry()
    // What the third service would get, were it not for the second.
    var trial = registry
    try create("a", in: &trial)
    try create("b", in: &trial)
    let wanted = try create("c", in: &trial)
    let port = try #require(nodePort(wanted))

    try create("a", in: &registry)
    try create("b", ["clusterIP": wanted[at: address] ?? ""], nodePort: .integer(port), in: &registry)
    let third = try create("c", in: &registry)
    #expect(third[at: address] != nil && third[at: address] != wanted[at: address])
    #expect(nodePort(third) != nil && nodePort(third) != port)
  }

  @Test("What is taken is refused, kept by its service, and free once the service is gone")
  func taken() throws {
    var registry = try registry()
    try create("a", ["clusterIP": "10.96.1.2"], nodePort: 31_000, in: &registry)
    let byAddress = #expect(throws: APIError.self) {
      try create("b", ["clusterIP": "10.96.1.2"], in: &registry)
    }
    #expect(byAddress?.message.contains("provided IP is already allocated") == true)
    let byPort = #expect(throws: APIError.self) { try create("b", nodePort: 31_000, in: &registry) }
    #expect(
      byPort?.message.contains("spec.ports[0].nodePort: Invalid value: 31000: provided port is already allocated")
        == true)

    let name = ObjectName(namespace: "ns", name: "a")
    let labels: JSONValue = ["metadata": ["labels": ["x": "y"]]]
    let kept = try registry.patch(.service, name, .merge(labels), by: .client, unixSeconds: 0).object.value
    #expect(kept[at: address] == "10.96.1.2" && nodePort(kept) == 31_000)

    _ = try registry.delete(.service, name, unixSeconds: 0)
    let again = try create("b", ["clusterIP": "10.96.1.2"], nodePort: 31_000, in: &registry)
    #expect(again[at: address] == "10.96.1.2")
  }

  @Test("A service's ports of two protocols may share a number, two of one protocol get two")
  func severalPorts() throws {
    var registry = try registry()
    let ports: JSONValue = [
      ["name": "a", "port": 53, "protocol": "UDP", "nodePort": 30_053],
      ["name": "b", "port": 53, "protocol": "TCP", "nodePort": 30_053],
      ["name": "c", "port": 80], ["name": "d", "port": 81],
    ]
    let service = try create("a", ["ports": ports], in: &registry)
    let given = service["spec"]?["ports"]?.array?.compactMap { $0["nodePort"]?.integer } ?? []
    #expect(given.count == 4)
    #expect(Set(given).count == 3)
  }
}
