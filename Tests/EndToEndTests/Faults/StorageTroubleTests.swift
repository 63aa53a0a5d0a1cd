import Glibc
import Testing

/// What is under the APIs fails: the disk of the embedded store is full, a real API server hangs, its credentials end.
@Suite("Trouble below the APIs", .serialized, .enabled(if: FaultTests.isLong, "set ZONETOP_SOAK=1, or run make soak"))
struct StorageTroubleTests {
  private let base = "nginx.mynamespace.myfederation.svc"

  @Test(
    "A real API server that hangs, and one that refuses our credentials, lose no address",
    .enabled(if: RealWorld.canBeHad, "needs kube-apiserver, etcd, named, dig and kubectl"))
  func realServers() async throws {
    guard let world = try await RealWorld.start() else { return }
    do {
      try await world.startController()
      let all = ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
      #expect(await world.eventually("\(base).example.com", holding: all))
      // It hangs, with its connections open, for long enough to be judged.
      try await world.apiServers.call("pause", "c1")
      try await stays(world, ["192.0.2.1"], for: .seconds(20))
      #expect(try await world.addresses("\(base).example.com") == all)
      // The others are followed meanwhile.
      try await world.setReady(false, in: "c2")
      #expect(await world.eventually("\(base).example.com", holding: ["192.0.2.1", "192.0.2.3"]))
      try await world.setReady(true, in: "c2")
      #expect(await world.eventually("\(base).example.com", holding: all))
      try await world.apiServers.call("resume", "c1")
      // Credentials that the server knows no more, from the start on.
      try await world.killController()
      let kubeconfig = try String(contentsOfFileAt: world.kubeconfig)
      try kubeconfig.replacing("user: admin-c1 }", with: "user: expired }")
        .replacing("users:\n", with: "users:\n- name: expired\n  user:\n    token: expired\n")
        .write(toFileAt: world.kubeconfig)
      try await world.startController()
      try await stays(world, ["192.0.2.1"], for: .seconds(10))
      #expect(world.controllerLog.contains("c1"), "\(world.controllerLog)")
      try kubeconfig.write(toFileAt: world.kubeconfig)
    } catch {
      Issue.record(error, "\(world.controllerLog.suffix(3_000))")
    }
    await world.stop()
  }

  private func stays(_ world: RealWorld, _ addresses: [String], for span: Duration) async throws {
    let end = ContinuousClock.now + span
    while ContinuousClock.now < end {
      #expect(
        try await world.addresses("\(base).c1-a.example.com") == addresses, "\(world.controllerLog.suffix(2_000))")
      _ = await Tools.eventually(within: .milliseconds(500), every: .milliseconds(500)) { false }
    }
  }

  @Test("With a full disk under the embedded store nothing leaves DNS, and it goes on when there is room again")
  func fullDisk() async throws {
    let folder = try TemporaryFolder()
    let disk = folder.path + "/disk"
    _ = try await Tools.run(["mkdir", "-p", disk])
    guard try await Tools.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", disk]).code == 0 else {
      print("skipped: mounting is not permitted here")
      folder.remove()
      return
    }
    do {
      let port = try Tools.freePorts()
      let demo = try Program(
        [
          Tools.zonetop, "demo", "--headless", "--clusters", "4", "--listen", "127.0.0.1:\(port)", "--dir", disk,
        ], output: folder.path + "/demo.log")
      #expect(await Tools.eventually(within: .seconds(60)) { demo.output.contains("\"ready\":true") })
      func answers() async throws -> String {
        try await Tools.run(["dig", "@127.0.0.1", "-p", "\(port + 1)", "\(base).example.com", "A", "+short"]).output
      }
      let before = try await answers()
      #expect(before.contains("130.211."))
      _ = try await Tools.run(["dd", "if=/dev/zero", "of=\(disk)/filler", "bs=4k"])
      // Long enough for the lease, which cannot be renewed now, to run out.
      let end = ContinuousClock.now + .seconds(25)
      while ContinuousClock.now < end {
        #expect(try await answers() == before, "\(demo.output.suffix(2_000))")
        _ = await Tools.eventually(within: .milliseconds(500), every: .milliseconds(500)) { false }
      }
      _ = try await Tools.run(["rm", "\(disk)/filler"])
      // A loss is followed again: the process leads anew.
      _ = try await Tools.run([
        "curl", "-sS", "-f", "-X", "PATCH", "-H", "Content-Type: application/merge-patch+json", "-d",
        "{\"spec\":{\"replicas\":0}}",
        "http://127.0.0.1:\(port)/clusters/asia-east1-a/apis/apps/v1/namespaces/mynamespace/deployments/nginx",
      ])
      let isFollowed = await Tools.eventually(within: .seconds(60), every: .milliseconds(200)) {
        (try? await answers()).map { !$0.contains("130.211.57.243") && $0.contains("130.211.") } ?? false
      }
      #expect(isFollowed, "\(demo.output.suffix(3_000))")
      demo.signal(SIGTERM)
      _ = await demo.wait()
    } catch {
      Issue.record(error)
    }
    _ = try? await Tools.run(["umount", "-l", disk])
    folder.remove()
  }
}
