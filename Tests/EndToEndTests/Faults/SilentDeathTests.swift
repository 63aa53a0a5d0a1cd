import Glibc
import Testing

/// A cluster that dies without a word: no packet to its API or to its services is answered any more.
@Suite(
  "Silent death", .serialized,
  .enabled(if: FaultTests.isLong && FaultWorld.canBeHad, "set ZONETOP_SOAK=1, or run make soak; needs named and dig"))
struct SilentDeathTests {
  /// The configuration that the promise of ten seconds is made for.
  static let safety = "safety: { unreachableAfter: 5s, probes: { interval: 1s, timeout: 1s } }"
  static let rounds = 5

  private func start() async throws -> FaultWorld? {
    guard let world = try await FaultWorld.start(isolated: true, safety: Self.safety) else {
      print("skipped: network namespaces or iptables are not permitted here")
      return nil
    }
    try await world.bringAddressesToLife()
    for name in ["frankfurt", "tokyo"] { try world.startVantagePoint(name) }
    #expect(await world.isSettled())
    // Until the three vantage points have seen everything answer there is nothing to compare with.
    _ = await Tools.eventually(within: .seconds(8), every: .seconds(8)) { false }
    return world
  }

  @Test("The addresses of a cluster that died in silence leave DNS within ten seconds, and nobody else's")
  func dies() async throws {
    guard let world = try await start() else { return }
    do {
      let before = try await world.hierarchy()
      let served = try await world.servedAddresses()
      var seconds: [Double] = []
      let serving = served.keys.sorted()
      try #require(serving.count > 2)
      for round in 0..<Self.rounds {
        let cluster = serving[round % serving.count]
        let own = served[cluster] ?? []
        let others = Set(served.filter { $0.key != cluster }.values.joined())
        let clock = ContinuousClock()
        let began = clock.now
        try await world.drop(cluster, addresses: own)
        let isGone = await Tools.eventually(within: .seconds(20), every: .milliseconds(20)) {
          guard let zone = try? await world.zone(), !zone.isEmpty else { return false }
          return !zone.split(whereSeparator: \.isWhitespace).contains { own.contains(String($0)) }
        }
        let span = (clock.now - began) / .seconds(1)
        seconds.append((span * 100).rounded() / 100)
        let zone = Set(try await world.zone().split(whereSeparator: \.isWhitespace).map(String.init))
        #expect(isGone && span <= 10, "\(cluster): \(span) s; \(world.controllerLog.suffix(3_000))")
        #expect(others.isSubset(of: zone), "\(cluster): \(others.subtracting(zone)) went too")
        try await world.space?.mend()
        let isBack = await Tools.eventually(within: .seconds(30), every: .milliseconds(200)) {
          (try? await world.hierarchy()) == before
        }
        #expect(isBack, "\(cluster) did not return; \(world.controllerLog.suffix(3_000))")
      }
      let seen = world.reader.seen
      print("silent death: gone after \(seconds) s; \(seen.answers) answers, \(seen.failureCount) empty")
      #expect(seen.failureCount == 0, "\(seen.failures)")
    } catch {
      Issue.record(error, "\(world.controllerLog.suffix(2_000))")
    }
    await world.stop()
  }

  @Test("A cluster whose API answers stays, whatever probes of its addresses say; so does one whose services answer")
  func half() async throws {
    guard let world = try await start() else { return }
    do {
      let before = try await world.hierarchy()
      let served = try await world.servedAddresses()
      let cluster = try #require(served.keys.min())
      for (api, addresses) in [(false, served[cluster] ?? []), (true, [])] {
        try await world.drop(cluster, api: api, addresses: addresses)
        _ = await Tools.eventually(within: .seconds(20), every: .seconds(20)) { false }
        #expect(try await world.hierarchy() == before, "\(world.controllerLog.suffix(3_000))")
        try await world.space?.mend()
      }
      #expect(world.reader.seen.failureCount == 0)
    } catch {
      Issue.record(error, "\(world.controllerLog.suffix(2_000))")
    }
    await world.stop()
  }
}
