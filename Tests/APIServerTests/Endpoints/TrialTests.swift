import JSON
import Testing

@testable import APIServer

/// Requests with `dryRun=All`.
@Suite struct TrialTests {
  @Test("What is only tried has no version of its own")
  func versions() async throws {
    let endpoint = APIEndpoint(path: "", catalog: .federation)
    try await endpoint.create(.namespace, ["metadata": ["name": "ns"]], by: .client)
    let body: JSONValue = ["metadata": ["name": "a"], "data": ["k": "1"]]
    let name = ObjectName(namespace: "ns", name: "a")
    let path = ["metadata", "resourceVersion"]

    let tried = try await endpoint.create(.configMap, in: "ns", body, by: .client, trial: .dryRun)
    #expect(tried.value[at: path] == nil)
    #expect(!tried.uid.isEmpty)
    await #expect(throws: APIError.self) { try await endpoint.get(.configMap, name) }

    let made = try await endpoint.create(.configMap, in: "ns", body, by: .client)
    let patched = try await endpoint.patch(
      .configMap, name, .merge(["data": ["k": "2"]]), by: .client, trial: .dryRun
    ).object
    #expect(patched.value[at: ["data", "k"]] == "2")
    #expect(patched.value[at: path] == made.value[at: path])
    var other = made.value
    other["data"] = ["k": "3"]
    let updated = try await endpoint.update(.configMap, name, other, by: .client, trial: .dryRun)
    #expect(updated.value[at: path] == made.value[at: path])
    #expect(try await endpoint.get(.configMap, name).value[at: ["data", "k"]] == "1")
  }
}
