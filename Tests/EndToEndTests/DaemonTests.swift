import Glibc
import Testing

@Suite("The daemon, against real servers", .serialized)
struct DaemonTests {
  private static let name = "nginx.mynamespace.myfederation.svc.example.com"

  private func controller(_ world: RealWorld, _ name: String, port: Int? = nil) throws -> Program {
    try Program(
      [Tools.zonetop, "controller", "--config", world.config, "--kubeconfig", world.kubeconfig, "--log-format", "json"]
        + (port.map { ["--telemetry", "127.0.0.1:\($0)"] } ?? []),
      // One state folder for all of them, as a service has it.
      environment: ["XDG_STATE_HOME": world.bind.folder.path + "/state"],
      output: world.bind.folder.path + "/daemon-\(name).log")
  }

  private func get(_ port: Int, _ path: String) async throws -> Finished {
    try await Tools.run(["curl", "-s", "-w", "%{http_code}", "http://127.0.0.1:\(port)\(path)"])
  }

  @Test(
    "It says whether it is live and ready, counts what it does, and ends in order",
    .enabled(if: RealWorld.canBeHad && Tools.has("curl"), "the beds and curl are needed"))
  func telemetry() async throws {
    guard let world = try await RealWorld.start() else { return }
    let port = try Tools.freePorts()
    let daemon = try controller(world, "telemetry", port: port)
    #expect(
      try await Tools.eventually(within: .seconds(30), every: .milliseconds(100)) {
        try await self.get(port, "/readyz").output.hasSuffix("ok\n200")
      })
    #expect(try await get(port, "/livez").output.hasSuffix("ok\n200"))
    #expect(await world.eventually(Self.name, is: ["192.0.2.1", "192.0.2.2", "192.0.2.3"]))
    try await world.setReady(false, in: "c1")
    #expect(await world.eventually(Self.name, is: ["192.0.2.2", "192.0.2.3"]))
    #expect(
      try await Tools.eventually(within: .seconds(20), every: .milliseconds(200)) {
        try await !self.get(port, "/metrics").output.contains("zonetop_convergence_seconds_count 0\n")
      })
    var text = try await get(port, "/metrics").output
    #expect(text.hasSuffix("200"))
    text.removeLast(3)
    let metrics = try TextFormat(text)
    #expect(metrics["zonetop_generation", ["service": "mynamespace/nginx"]] == 2)
    #expect(metrics["zonetop_published_addresses", ["service": "mynamespace/nginx", "level": "global"]] == 2)
    #expect(metrics["zonetop_provider_calls_total", ["operation": "commit", "result": "ok"]] == 2)
    #expect(metrics["zonetop_commit_duration_seconds_count"] == 2)
    #expect(metrics["zonetop_cluster_ready", ["cluster": "c3"]] == 1)
    #expect(metrics["zonetop_lease_held"] == 1)
    #expect((metrics["zonetop_process_resident_memory_bytes"] ?? 0) > 1_000_000)
    #expect(Set(metrics.samples.map { sample in sample.name }).count > 25)
    daemon.signal(SIGTERM)
    #expect(await daemon.wait() == 0)
    let lines = daemon.output.split(separator: "\n")
    #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("{\"time\":") && $0.hasSuffix("}") }, "\(daemon.output)")
    let history = try await world.zonetop("history", "mynamespace/nginx")
    #expect(history.output.contains("c1: no ready endpoints"), "\(history.output)")
    await world.stop()
  }

  @Test(
    "Killed at any moment, the history has every generation of the provider exactly once, with its result",
    .enabled(if: RealWorld.canBeHad, "the beds are needed"), .timeLimit(.minutes(5)))
  func kills() async throws {
    guard let world = try await RealWorld.start() else { return }
    var seed: UInt64 = 0x9E37_79B9
    func random(_ below: UInt64) -> UInt64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (seed >> 33) % below
    }
    for round in 0..<6 {
      let daemon = try controller(world, "kill-\(round)")
      // The one before died without giving its lease back; until that is over there is nothing to interrupt.
      #expect(
        await Tools.eventually(within: .seconds(30), every: .milliseconds(50)) {
          daemon.output.contains("this process leads")
        }, "\(daemon.output)")
      for flip in 0..<4 {
        try await world.setReady((round + flip).isMultiple(of: 2), in: "c\(1 + flip % 2)")
        try? await Task.sleep(for: .milliseconds(Int64(random(400))))
      }
      daemon.signal(SIGKILL)
      _ = await daemon.wait()
    }
    for cluster in ["c1", "c2"] { try await world.setReady(true, in: cluster) }
    let last = try controller(world, "last")
    #expect(await world.eventually(Self.name, is: ["192.0.2.1", "192.0.2.2", "192.0.2.3"]))
    // Commits that were on their way when their process died are settled by then.
    #expect(
      try await Tools.eventually(within: .seconds(60), every: .seconds(1)) {
        let json = try await world.zonetop("history", "mynamespace/nginx", "--limit", "1000", "-o", "json").output
        return !json.contains("\"result\": \"pending\"") && !json.contains("\"result\": \"unknown\"")
      })
    last.signal(SIGTERM)
    #expect(await last.wait() == 0)

    let marks = try await world.zoneText().split(separator: "\n").filter { $0.contains("generation=") }
    let mark = try #require(marks.first)
    let generation = try #require(
      Int(mark.components(after: "generation=").prefix { $0.isNumber }))
    let table = try await world.zonetop("history", "mynamespace/nginx", "--limit", "1000", "-o", "wide").output
    let applied = table.split(separator: "\n").filter { $0.contains("published") && $0.contains("applied") }
    let made = applied.compactMap { line -> Int? in
      let words = line.split(separator: " ").map(String.init)
      return words.firstIndex(of: "→").flatMap { Int(words[$0 + 1]) }
    }
    #expect(made.sorted() == Array(1...generation), "\(table)")
    #expect(generation > 3, "too little happened to prove anything: \(table) \(last.output)")
    await world.stop()
  }
}

extension Substring {
  /// What follows the first occurrence of some text.
  fileprivate func components(after text: String) -> Substring {
    guard let range = firstRange(of: text) else { return "" }
    return self[range.upperBound...]
  }
}
