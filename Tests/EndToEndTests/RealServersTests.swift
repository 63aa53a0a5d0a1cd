import DNS
import Federation
import Glibc
import Testing

/// Three real API servers, a real federation API and a real BIND, with the controller as a process between them.
@Suite(
  "Real API servers and a real BIND", .serialized,
  .enabled(if: RealWorld.canBeHad, "needs kube-apiserver, etcd, named, dig and kubectl"))
struct RealServersTests {
  private let base = "nginx.mynamespace.myfederation.svc"

  @Test(
    "Publishes, follows edits within a second, holds a dead cluster, survives kill -9, leaves foreign records alone")
  func wholeLine() async throws {
    guard let world = try await RealWorld.start() else { return }
    do {
      try await walk(world)
    } catch {
      Issue.record(error, "\(world.controllerLog)")
    }
    await world.stop()
  }

  private func walk(_ world: RealWorld) async throws {
    // A foreign TXT at a name that will be managed, and a foreign A at another.
    try await world.nsupdate(
      "update add \(base).c3-a.example.com. 60 A 203.0.113.66\nupdate add \(base).c2-a.example.com. 60 TXT \"not ours\""
    )
    try await world.startController()
    #expect(await world.eventually("\(base).c1-a.example.com", is: ["192.0.2.1"]))
    #expect(await world.eventually("\(base).c2-a.example.com", is: ["192.0.2.2"]))
    #expect(await world.eventually("\(base).example.com", holding: ["192.0.2.1", "192.0.2.2", "192.0.2.3"]))
    #expect(try await world.addresses("\(base).c3-a.example.com") == ["203.0.113.66"])
    #expect(try await world.records("\(base).c2-a.example.com", "TXT") == ["\"not ours\""])
    let plan = try await world.zonetop("plan", "-o", "json")
    #expect(plan.output.contains("\"owned\""), "\(plan.output)")

    try await followEdits(world)
    try await drainAndReturn(world)
    try await holdDeadCluster(world)
    try await ignoreStaleWriter(world)
    try await surviveKills(world)
    try await explainWrongKey(world)
  }

  /// 50 edits by kubectl: each seen at BIND, most within a second.
  private func followEdits(_ world: RealWorld) async throws {
    var spans: [Duration] = []
    for edit in 0..<50 {
      let ready = edit % 2 == 1
      try await world.setReady(ready, in: "c1")
      let began = ContinuousClock.now
      let expected = ready ? ["192.0.2.1"] : []
      let arrived = await Tools.eventually(within: .seconds(10), every: .milliseconds(1)) {
        (try? await world.ownAddresses("\(base).c1-a.example.com")) == expected
      }
      #expect(arrived)
      spans.append(ContinuousClock.now - began)
    }
    spans.sort()
    print("kubectl edit to BIND, 50 edits: p50 \(spans[25]), p99 \(spans[49])")
    #expect(spans[49] < .seconds(1))
  }

  /// An order by the command line travels as an object through the API server to the controller, rules and all.
  private func drainAndReturn(_ world: RealWorld) async throws {
    let refused = try await world.zonetop("drain", "zone/c1-a", "--reason", "rack power", "--yes")
    #expect(refused.code == 4)
    #expect(refused.output.contains("--override mass-change"), "\(refused.output)")
    #expect(try await world.ownAddresses("\(base).c1-a.example.com") == ["192.0.2.1"])
    let drained = try await world.zonetop(
      "drain", "zone/c1-a", "--reason", "rack power", "--yes", "--no-wait", "--override", "mass-change")
    #expect(drained.code == 0, "\(drained.output)")
    #expect(
      await Tools.eventually(within: .seconds(10)) { (try? await world.ownAddresses("\(base).c1-a.example.com")) == [] }
    )
    #expect(try await world.zonetop("cordons").output.contains("rack power"))
    let lifted = try await world.zonetop("uncordon", "zone/c1-a")
    #expect(lifted.code == 0, "\(lifted.output)\n\(world.controllerLog)")
    #expect(await world.eventually("\(base).c1-a.example.com", is: ["192.0.2.1"]))
  }

  private func holdDeadCluster(_ world: RealWorld) async throws {
    let before = try await world.zoneText()
    try await world.apiServers.call("down", "c2")
    let isHeld = try await Tools.eventually(within: .seconds(20), every: .milliseconds(200)) {
      try await world.zonetop("status").output.contains("unreachable, held")
    }
    #expect(isHeld)
    #expect(try await world.zoneText() == before)
    try await world.apiServers.call("up", "c2")
  }

  /// A second controller beside the first is a standby: it sleeps through a commit, wakes, and writes nothing.
  private func ignoreStaleWriter(_ world: RealWorld) async throws {
    let second = try world.controller("second")
    #expect(await Tools.eventually(within: .seconds(30)) { second.output.contains("everything is read") })
    second.signal(SIGSTOP)
    try await world.setReady(false, in: "c1")
    #expect(
      await Tools.eventually(within: .seconds(10)) { (try? await world.ownAddresses("\(base).c1-a.example.com")) == [] }
    )
    let before = try await world.zoneText()
    second.signal(SIGCONT)
    #expect(await Tools.eventually(within: .seconds(30)) { second.output.contains("leads") }, "\(second.output)")
    #expect(try await world.zoneText() == before)
    second.signal(SIGKILL)
    _ = await second.wait()
    try await world.setReady(true, in: "c1")
  }

  private func explainWrongKey(_ world: RealWorld) async throws {
    try "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0".write(toFileAt: world.bind.folder.path + "/wrong.key")
    let wrong = try String(contentsOfFileAt: world.config)
      .replacing(world.bind.environment["KEY_FILE"] ?? "?", with: world.bind.folder.path + "/wrong.key")
    let path = world.bind.folder.path + "/wrong.yaml"
    try wrong.write(toFileAt: path)
    let result = try await Tools.run([Tools.zonetop, "status", "--config", path, "--kubeconfig", world.kubeconfig])
    #expect(result.code == 5)
    #expect(result.output.contains("ddns") && !result.output.contains("c2VjcmV0"), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 1)
  }

  /// kill -9 at arbitrary moments of a change, with a reader that must never see an empty answer.
  private func surviveKills(_ world: RealWorld) async throws {
    let names =
      try ["c1-a", "c2-a"].map { try DomainName("\(base).\($0).example.com") } + [DomainName("\(base).example.com")]
    let reader = NameReader(names: names, server: try #require(ServerAddress("127.0.0.1:\(world.dnsPort)")))
    let reading = Task { await reader.run() }
    for round in 0..<6 {
      try await world.setReady(round % 2 == 1, in: "c1")
      try await Task.sleep(for: .milliseconds(round * 25))
      try await world.killController()
      try await world.startController()
      let expected = round % 2 == 1 ? ["192.0.2.1"] : []
      let converged = await Tools.eventually(within: .seconds(30)) {
        (try? await world.ownAddresses("\(base).c1-a.example.com")) == expected
      }
      #expect(converged, "round \(round): \(world.controllerLog)")
    }
    reading.cancel()
    let report = await reading.value
    #expect(report.answers > 100)
    #expect(report.failures == [])
  }
}
