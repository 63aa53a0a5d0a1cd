import DNSProviders
import Federation
import NameServer
import Testing

@testable import Control

/// A version of the zone that was taken in is not taken apart again, and nothing is decided otherwise because of that.
@Suite("A zone that has not changed")
struct UnchangedZoneTests {
  private static let start = SeedWorld.start

  /// Reads as a provider does that knows one state of its zone from another.
  private struct Reader {
    private var last: ZoneContents?

    mutating func read(_ store: ZoneStore) async throws -> ZoneContents {
      var contents = try await EmbeddedProvider(store, federation: SeedWorld.federation).readZone()
      contents.version = contents == last ? last?.version : ZoneVersion()
      last = contents
      return contents
    }
  }

  private func settled() async throws -> (driver: Driver, reader: Reader) {
    var core = SeedWorld.core()
    let store = SeedWorld.emptyZone()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    var reader = Reader()
    driver.core.receive(.zone(try await reader.read(store)), at: Self.start)
    await driver.run()
    return (driver, reader)
  }

  @Test("The same version again plans nothing and shows nothing, and a change after it is seen")
  func unchanged() async throws {
    var (driver, reader) = try await settled()
    let revision = driver.core.revision
    for _ in 0..<3 {
      driver.core.receive(.zone(try await reader.read(driver.store)), at: Self.start)
      #expect(!driver.core.hasWork)
    }
    #expect(driver.core.revision == revision)
    // The same without a version is taken apart, which shows what is saved.
    driver.core.receive(.zone(try await driver.provider.readZone()), at: Self.start)
    #expect(driver.core.revision > revision)
    let gone = try #require(try await driver.provider.readZone().recordSets.first).key
    try driver.store.change { (zone) throws(ProviderError) in try zone.replace([gone], with: []) }
    driver.core.receive(.zone(try await reader.read(driver.store)), at: Self.start)
    #expect(driver.core.hasWork)
    await driver.run()
    #expect(try await driver.provider.readZone().recordSets.contains { $0.key == gone })
  }

  @Test("The same version ends the trouble of a provider that did not answer")
  func answersAgain() async throws {
    var (driver, reader) = try await settled()
    let revision = driver.core.revision
    driver.core.receive(.providerFailed(ProviderError(.unreachable, "no answer")), at: Self.start)
    driver.core.receive(.zone(try await reader.read(driver.store)), at: Self.start)
    #expect(driver.core.providerTrouble == nil)
    #expect(driver.core.revision > revision + 1, "which is shown")
    #expect(!driver.core.hasWork)
  }

  @Test("A service that is declared later finds what stands at its names in the same version")
  func declaredLater() async throws {
    let (before, _) = try await settled()
    var core = SeedWorld.core(identity: "test/2")
    var reader = Reader()
    try await SeedWorld.fill(&core, from: SeedWorld.emptyZone())
    core.receive(.services(.replaced([:])), at: Self.start)
    core.receive(.zone(try await reader.read(before.store)), at: Self.start)
    let other = ServiceKey(namespace: "mynamespace", name: "other")
    core.receive(.services(.set(other, ServiceDeclaration())), at: Self.start)
    let zone = try await reader.read(before.store)
    #expect(!core.isTaken(zone))
    core.receive(.zone(zone), at: Self.start)
    #expect(core.isTaken(zone))
  }

  @Test(
    "Whatever happens, a core that passes over unchanged zones does what one does that looks at each", arguments: 0..<40
  )
  func equivalent(seed: UInt64) async throws {
    var random = RandomZone(seed: seed)
    let passing = try await World(reads: Reader())
    let looking = try await World(reads: nil)
    var worlds = [passing, looking]
    for step in 0..<60 {
      let move = Int.random(in: 0..<8, using: &random)
      let detail = UInt64.random(in: 0 ... .max, using: &random)
      for index in worlds.indices { try await worlds[index].make(move, RandomZone(seed: detail)) }
      #expect(worlds[0].shape == worlds[1].shape, "step \(step), move \(move)")
    }
    for index in worlds.indices { try await worlds[index].rest() }
    #expect(worlds[0].shape == worlds[1].shape)
    #expect(worlds[0].passed > 0, "or the test shows nothing")
  }

  @Test("Eight equal samples say all; the next of them is kept and is no news, and another number is")
  func steadySamples() {
    var history = ShardHistory(
      verdict: Verdict(service: SeedWorld.service, cluster: "a", isHealthy: true, reason: .healthy), since: Self.start)
    let told = (0..<30).map { _ in history.sample(3) }
    #expect(
      told.map(\.isNews) == Array(repeating: true, count: ShardHistory.steady) + Array(repeating: false, count: 22))
    #expect(history.samples == Array(repeating: 3, count: ShardHistory.capacity))
    #expect(told.firstIndex { $0.isSteady } == ShardHistory.capacity - 1)
    let next = history.sample(2)
    #expect(next.isNews && !next.isSteady)
    #expect(history.samples.last == 2)
  }

  /// A core with a zone of its own that others write to as well.
  private struct World {
    var driver: Driver
    var reader: Reader?
    /// Reads that were passed over.
    var passed = 0
    private var inFlight: Batch?
    private static let base = "nginx.mynamespace.myfederation.svc"

    init(reads reader: Reader?) async throws {
      var core = ControlCore(
        federation: SeedWorld.federation, limits: SafetyLimits(massChangeShare: 1, healthChangeShare: 1),
        identity: "test/1", members: SeedWorld.places.map { Configuration.Member(context: $0.zone) }, at: start)
      let store = SeedWorld.emptyZone()
      try await SeedWorld.fill(&core, from: store)
      driver = Driver(core, store)
      self.reader = reader
    }

    mutating func make(_ move: Int, _ random: RandomZone) async throws {
      var random = random
      switch move {
      case 0, 1, 2: try await read()
      case 3: await driver.run()
      case 4: try await endFlight(isDone: Bool.random(using: &random))
      case 5:
        // One that stays on its way while other things happen.
        guard inFlight == nil, case .commit(let batch)? = driver.core.nextAction(in: .lead, at: start) else { return }
        inFlight = batch
      case 6:
        let zone = SeedWorld.places.randomElement(using: &random)?.zone ?? ""
        driver.core.receive(SeedWorld.scale(zone, to: Int.random(in: 0...1, using: &random)), at: start)
      default:
        let names = [""] + SeedWorld.zones.map { "\($0.region)." }
        let content = random.content(names.map { DomainName(canonical: "\(Self.base).\($0)example.com") })
        try driver.store.change { (zone) throws(ProviderError) in
          let keys = Set(zone.recordSets.map(\.key)).intersection(content.map(\.key))
          let alone = content.filter { set in set.type != .cname && zone.recordSet(set.name, .cname) == nil }
          try zone.replace(Array(keys), with: try alone.map { set throws(ProviderError) in try HeldRecordSet(set) })
        }
      }
    }

    mutating func rest() async throws {
      try await endFlight(isDone: true)
      for _ in 0..<3 {
        try await read()
        await driver.run()
      }
    }

    private mutating func read() async throws {
      let contents: ZoneContents
      if reader != nil {
        contents = try await reader?.read(driver.store) ?? ZoneContents(recordSets: [])
      } else {
        contents = try await driver.provider.readZone()
      }
      if driver.core.isTaken(contents) { passed += 1 }
      driver.core.receive(.zone(contents), at: start)
    }

    private mutating func endFlight(isDone: Bool) async throws {
      guard let batch = inFlight else { return }
      inFlight = nil
      do {
        if !isDone { throw ProviderError(.unreachable, "the reply was lost") }
        try await driver.provider.commit(batch)
        driver.core.committed(batch, at: start)
      } catch let error as ProviderError {
        driver.core.failed(batch, error, at: start)
        driver.core.tick(at: start + .seconds(60))
      }
    }

    /// All that decides, and what came of it.
    var shape: Shape {
      Shape(zone: driver.store.snapshot.recordSets, batches: driver.batches, core: CoreFingerprint(driver.core))
    }
  }

  private struct Shape: Hashable {
    var zone: [HeldRecordSet]
    var batches: [Batch]
    var core: CoreFingerprint
  }
}
