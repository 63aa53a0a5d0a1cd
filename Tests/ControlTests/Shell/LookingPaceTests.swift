import Control
import DNS
import DNSProviders
import Federation
import Logging
import NameServer
import Resolution
import Testing

/// How often a process that only looks reads the zone and makes a picture.
@Suite("The pace of who only looks")
struct LookingPaceTests {
  private static let start = SeedWorld.start

  @Test("A change makes the world lively for a while, and so does a clock that was set back")
  func calm() {
    var pace = LookingPace()
    #expect(pace.isCalm(at: Self.start))
    pace.noteChange(at: Self.start)
    #expect(!pace.isCalm(at: Self.start))
    #expect(!pace.isCalm(at: Self.start + (LookingPace.aftermath - .nanoseconds(1))))
    #expect(pace.isCalm(at: Self.start + LookingPace.aftermath))
    #expect(!pace.isCalm(at: Self.start + .seconds(-3_600)))
  }

  @Test("A picture is due when there is news, as a sign of life, and after a clock was set back")
  func pictures() {
    var pace = LookingPace()
    #expect(pace.isPictureDue(7, at: Self.start))
    pace.noteShown(7, at: Self.start)
    #expect(!pace.isPictureDue(7, at: Self.start + .seconds(1)))
    #expect(pace.isPictureDue(8, at: Self.start + .seconds(1)))
    #expect(pace.isPictureDue(7, at: Self.start + LookingPace.pictures))
    #expect(pace.isPictureDue(7, at: Self.start + .seconds(-1)))
  }

  @Test(
    "In a calm world the zone is read every ten seconds, at once when somebody speaks, and then often for a while",
    .timeLimit(.minutes(1)))
  func controller() async throws {
    let clock = SteppedClock()
    let provider = GatedProvider(
      EmbeddedProvider(SeedWorld.emptyZone(), federation: SeedWorld.federation), concurrentCommits: 1)
    let now = { @Sendable in SeedWorld.start + clock.now.offset }
    let tracer = Tracer(servers: [], questions: DNSClient.standard, flags: [], clock: clock)
    let controller = Controller(
      core: SeedWorld.core(placed: true), mode: .observe,
      world: ControllerWorld(
        observers: [], provider: provider, providerName: "gated", orders: NoOrders(), hosts: NoHosts(),
        readBack: { _ in ReadBackResult(serving: [], behind: []) }, trace: { await tracer.trace($0, $1) }, now: now,
        clock: clock), environment: nil, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    // Nobody declares anything, so that nothing is to be changed.
    await controller.receive(.services(.replaced([:])))
    await controller.receive(.cordons(.replaced([:])))
    for (zone, region) in SeedWorld.places {
      for observation in SeedWorld.clusterObservations(of: zone, region: region) {
        await controller.receive(.cluster(zone, observation))
      }
    }
    let nap = LookingPace.calm - LookingPace.lively
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await controller.run() }
      var sleeps = clock.sleeps.makeAsyncIterator()
      var reads = 0
      /// Lets lively pauses pass until the long one begins; how many reads there were since the one before.
      func untilCalm() async -> Int {
        while let time = await sleeps.next(isolation: nil), time != nap {
          if time == LookingPace.lively { clock.advance(by: time) }
        }
        defer { reads = provider.zoneReads }
        return provider.zoneReads - reads
      }
      let first = await untilCalm()
      #expect((10...11).contains(first), "\(first) reads in the \(LookingPace.aftermath) after a change")
      clock.advance(by: nap)
      #expect(await untilCalm() == 1, "then one in \(LookingPace.calm)")
      clock.advance(by: nap)
      #expect(await untilCalm() == 1)
      // The time stands still: it is the change alone that ends the pause.
      await controller.receive(.cordons(.replaced([:])))
      #expect((10...11).contains(await untilCalm()), "and often again after a change")
      group.cancelAll()
    }
  }
}

struct NoHosts: HostLookup {
  func addresses(of host: String) async throws(HostLookupError) -> [String] { [] }
}

struct NoOrders: OrderStore {
  func place(_ record: CordonRecord) async -> IntentResult { .failed("not here") }
  func lift(_ target: CordonTarget, service: ServiceKey?) async -> IntentResult { .failed("not here") }
  func report(_ name: String, _ status: CordonStatus, generation: Int64?, at now: Timestamp) async {}
  func remove(_ name: String) async {}
  func requestReconcile(_ services: [ServiceKey], at now: Timestamp) async -> IntentResult { .failed("not here") }
}
