import Glibc
import Testing

/// What a reader sees while everything around the controller goes wrong: always an address.
@Suite("Faults", .serialized, .enabled(if: FaultWorld.canBeHad, "needs named and dig"))
struct FaultTests {
  static var isLong: Bool { getenv("ZONETOP_SOAK") != nil }

  @Test("No name is ever empty while clusters are silent, lie, refuse, or the controller dies")
  func short() async throws {
    guard let world = try await FaultWorld.start() else { return }
    await suffer(world, Fault.short)
  }

  @Test("No name is ever empty, whatever goes wrong", .enabled(if: isLong, "set ZONETOP_SOAK=1, or run make soak"))
  func long() async throws {
    guard let world = try await FaultWorld.start() else { return }
    await suffer(world, Fault.all)
  }

  @Test(
    "Packets that are dropped in silence cost no answer and cause no write",
    .enabled(if: isLong, "set ZONETOP_SOAK=1, or run make soak"))
  func dropped() async throws {
    guard let world = try await FaultWorld.start(isolated: true) else {
      print("skipped: network namespaces or iptables are not permitted here")
      return
    }
    let cut = Fault(
      name: "packets to most clusters dropped", lasts: .seconds(20),
      begin: { world in
        for name in world.clusters.dropFirst() { try await world.space?.drop(world.doors[name]?.port ?? 0) }
      }, end: { try await $0.space?.mend() })
    let all = Fault(
      name: "packets to all clusters dropped", lasts: .seconds(20),
      begin: { world in
        for door in world.doors.values { try await world.space?.drop(door.port) }
      }, end: { try await $0.space?.mend() })
    await suffer(world, [cut, all])
  }

  /// Lets one fault after the other happen, and looks at what a reader saw and at what was written.
  private func suffer(_ world: FaultWorld, _ faults: [Fault]) async {
    do {
      #expect(await world.isSettled())
      let whole = try await world.hierarchy()
      for fault in faults {
        let before = try await world.serial()
        let seen = world.reader.seen
        try await fault.begin(world)
        _ = await Tools.eventually(within: fault.lasts, every: .seconds(1)) { false }
        let written = try await world.serial() - before
        try await fault.end(world)
        #expect(
          fault.mayWrite || written == 0, "\(fault.name): \(written) writes; \(world.controllerLog.suffix(2_000))")
        #expect(await world.isSettled(), "\(fault.name): \(world.controllerLog.suffix(2_000))")
        let isAtWork = try await world.proveAtWork(in: world.clusters[0])
        #expect(isAtWork, "\(fault.name): not at work afterwards; \(world.controllerLog.suffix(2_000))")
        // What the fault itself had written is taken back before the next one is counted.
        let isMended = await Tools.eventually(within: .seconds(30), every: .milliseconds(100)) {
          (try? await world.hierarchy()) == whole
        }
        #expect(isMended, "\(fault.name): \(world.controllerLog.suffix(2_000))")
        let now = world.reader.seen
        print(
          "\(fault.name): \(now.answers - seen.answers) answers, \(now.timeouts - seen.timeouts) late,"
            + " \(now.failureCount - seen.failureCount) empty, \(written) writes")
        #expect(now.failureCount == seen.failureCount, "\(fault.name): \(now.failures)")
      }
    } catch {
      Issue.record(error, "\(world.controllerLog.suffix(2_000))")
    }
    let report = await world.reader.stop()
    #expect(report.answers > 1_000)
    await world.stop()
  }
}
