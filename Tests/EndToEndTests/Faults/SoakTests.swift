import Glibc
import Testing

/// Random partitions and flaps, for as long as one likes: no healthy address may ever leave DNS.
@Suite(
  "Soak", .serialized,
  .enabled(if: FaultTests.isLong && FaultWorld.canBeHad, "set ZONETOP_SOAK to minutes, or run make soak; needs named"))
struct SoakTests {
  /// How long, in minutes: an hour is `ZONETOP_SOAK=60`.
  static var minutes: Int { getenv("ZONETOP_SOAK").flatMap { Int(String(cString: $0)) } ?? 5 }

  @Test("Random partitions and flaps remove nothing that is healthy")
  func random() async throws {
    // Where it is permitted, the services answer while their clusters' APIs do not.
    let isolated = try await FaultWorld.start(clusters: 13, services: 3, isolated: true)
    let open = isolated == nil ? try await FaultWorld.start(clusters: 13, services: 3) : nil
    guard let world = isolated ?? open else { return }
    try await world.bringAddressesToLife()
    var random = SplitMix(state: UInt64(Self.minutes))
    do {
      #expect(await world.isSettled())
      let before = try await world.zone()
      let serial = try await world.serial()
      let end = ContinuousClock.now + .seconds(60 * Self.minutes)
      var troubles = 0
      while ContinuousClock.now < end {
        // Some clusters, none or all of them, each in its own trouble; flaps are troubles that end before they are believed.
        let isFlap = Bool.random(using: &random)
        for name in world.clusters {
          let faults: [FaultyProxy.Fault] = [
            .none, .none, .deaf, .reset, .slow(milliseconds: 4_000), .throttled(bytes: 40), .status(401),
          ]
          world.doors(faults.randomElement(using: &random) ?? .none, of: [name])
        }
        troubles += 1
        let span: Duration = isFlap ? .milliseconds(Int.random(in: 200...3_000, using: &random)) : .seconds(15)
        _ = await Tools.eventually(within: span, every: span) { false }
        let seen = try await world.zone()
        #expect(seen == before, "trouble \(troubles): \(world.controllerLog.suffix(2_000))")
        if seen != before { break }
      }
      world.doors(.none)
      let written = try await world.serial() - serial
      #expect(try await world.proveAtWork(in: world.clusters[0]))
      let seen = world.reader.seen
      print(
        "soak of \(Self.minutes) min: \(troubles) troubles, \(seen.answers) answers, \(seen.timeouts) late,"
          + " \(seen.failureCount) empty, \(written) writes")
      #expect(written == 0)
      #expect(seen.failureCount == 0, "\(seen.failures)")
    } catch {
      Issue.record(error, "\(world.controllerLog.suffix(2_000))")
    }
    await world.stop()
  }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
