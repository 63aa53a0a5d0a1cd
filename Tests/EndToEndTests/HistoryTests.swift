import Testing

@Suite("History and rollback, on a demo", .serialized)
struct HistoryTests {
  private func zonetop(_ demo: DemoProcess, _ arguments: String...) async throws -> Finished {
    // The demo's own state, as another process of the same user has it.
    try await Tools.run(
      [Tools.zonetop] + arguments + ["--config", demo.config, "--kubeconfig", demo.kubeconfig],
      environment: ["XDG_STATE_HOME": demo.folder.path + "/other.state"])
  }

  @Test(
    "An outage is in the history with its reason, and can be rolled back only by overriding known-dead by name",
    .enabled(if: Tools.has("kubectl") && Tools.has("dig"), "kubectl and dig are needed"))
  func outage() async throws {
    let demo = try await DemoProcess.start()
    let name = "nginx.mynamespace.myfederation.svc.example.com"
    let before = try await demo.dig(name).sorted()
    let scaled = try await demo.kubectl(
      "us-central1-a", "-n", "mynamespace", "scale", "deployment", "nginx", "--replicas=0")
    #expect(scaled.code == 0)
    #expect(try await Tools.eventually(within: .seconds(20)) { try await demo.dig(name).sorted() != before })

    // It reaches the federation API within moments; until then it is in the demo's own file.
    #expect(
      try await Tools.eventually(within: .seconds(20), every: .milliseconds(300)) {
        let listed = try await self.zonetop(demo, "history", "mynamespace/nginx").output
        return listed.contains("us-central1-a: no ready endpoints")
      })
    let list = try await zonetop(demo, "history", "mynamespace/nginx")
    #expect(list.code == 0)
    #expect(list.output.contains("published") && list.output.contains("applied"), "\(list.output)")
    let whole = try await zonetop(demo, "history", "mynamespace/nginx", "--generation", "2")
    #expect(whole.output.contains("generation  1 → 2"), "\(whole.output)")
    #expect(whole.output.contains("  - A 104.197.247.191"), "\(whole.output)")
    let json = try await zonetop(demo, "history", "mynamespace/nginx", "-o", "json")
    #expect(json.code == 0 && json.output.contains("\"result\": \"applied\""))
    #expect(try await zonetop(demo, "history", "mynamespace/nginx", "--generation", "99").code == 1)
    #expect(try await zonetop(demo, "history", "--since", "soon").code == 2)

    let described = try await demo.kubectl("federation-cluster", "-n", "mynamespace", "get", "events")
    #expect(described.output.contains("PublishedNames"), "\(described.output)")

    let refused = try await zonetop(
      demo, "history", "rollback", "mynamespace/nginx", "--to", "1", "--reason", "test", "--yes")
    #expect(refused.code == 4 && refused.output.contains("known-dead"), "\(refused.output)")
    #expect(try await demo.dig(name).sorted() != before)
    let placed = try await zonetop(
      demo, "history", "rollback", "mynamespace/nginx", "--to", "1", "--reason", "test", "--yes", "--override",
      "known-dead")
    #expect(placed.code == 0, "\(placed.output)")
    #expect(try await Tools.eventually(within: .seconds(20)) { try await demo.dig(name).sorted() == before })
    #expect(try await zonetop(demo, "status", "mynamespace/nginx").output.contains("rolled back to generation 1"))
    #expect(try await zonetop(demo, "history", "rollback", "mynamespace/nginx", "--lift").code == 0)
    #expect(try await Tools.eventually(within: .seconds(20)) { try await demo.dig(name).sorted() != before })
    await demo.stop()
  }
}
