import Control
import DNSProviders
import Federation
import NameServer
import Synchronization
import Testing

/// A provider that can be cut off.
private final class CutProvider: DNSProvider {
  let kind = "cut"
  let fence = Fence.transaction
  let zone: DomainName
  private let inner: EmbeddedProvider
  private let isCut = Mutex(false)
  private let takesNothing = Mutex(false)

  init(_ inner: EmbeddedProvider) {
    self.inner = inner
    zone = inner.zone
  }

  func cut(_ isCut: Bool) { self.isCut.withLock { $0 = isCut } }

  /// Reads and takes no commit.
  func refuse(_ isRefusing: Bool) { takesNothing.withLock { $0 = isRefusing } }

  private func check() throws(ProviderError) {
    if isCut.withLock({ $0 }) { throw ProviderError(.unreachable, "nobody answers") }
  }

  func readZone() async throws(ProviderError) -> ZoneContents {
    try check()
    return try await inner.readZone()
  }

  func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    try check()
    return try await inner.read(service, names: names)
  }

  @discardableResult
  func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    try check()
    if takesNothing.withLock({ $0 }) { throw ProviderError(.unreachable, "the reply was lost") }
    return try await inner.commit(batch)
  }
}

@Suite("Aliases in another zone")
struct OtherZoneTests {
  private static let name = DomainName(canonical: "www.other.org")
  private let wanted = RecordSet(
    name: name, type: .cname, ttl: 180, values: ["\(AliasWorld.base).example.com"])

  /// The federation's zone, another one, and a controller over both.
  private struct World {
    let store = SeedWorld.emptyZone()
    let otherStore = ZoneStore(AuthoritativeZone(apex: DomainName(canonical: "other.org")))
    let other: CutProvider
    let provider: JointProvider
    var core: ControlCore
    var batches: [Batch] = []

    init(_ names: [DomainName] = [OtherZoneTests.name]) {
      var owner = SeedWorld.federation
      owner.domain = DomainName(canonical: "other.org")
      other = CutProvider(EmbeddedProvider(otherStore, federation: owner))
      provider = JointProvider(
        EmbeddedProvider(store, federation: SeedWorld.federation),
        others: [.init(zone: owner.domain, provider: other, names: names)])
      core = Self.core(names)
    }

    static func core(_ names: [DomainName]) -> ControlCore {
      ControlCore(
        federation: SeedWorld.federation, limits: SafetyLimits(massChangeShare: 1, healthChangeShare: 1),
        identity: "test/1", members: SeedWorld.places.map { Configuration.Member(context: $0.zone) },
        aliases: names.map { Alias(name: $0, service: SeedWorld.service) }, at: SeedWorld.start)
    }

    /// Reads everything anew, as a process that starts or polls, and does what is to be done.
    mutating func run(at now: Timestamp = SeedWorld.start, restarted: Bool = false) async throws {
      if !core.isSettled || restarted { try await SeedWorld.fill(&core, from: SeedWorld.emptyZone(), at: now) }
      core.receive(.zone(try await provider.readZone()), at: now)
      try await act(at: now)
    }

    mutating func act(at now: Timestamp = SeedWorld.start) async throws {
      for _ in 0..<50 {
        guard let action = core.nextAction(in: .lead, at: now) else { return }
        switch action {
        case .commit(let batch):
          do throws(ProviderError) {
            try await provider.commit(batch)
            batches.append(batch)
            core.committed(batch, at: now)
          } catch { core.failed(batch, error, at: now) }
        case .read(let service, let names):
          core.receive(.names(service, try await provider.read(service, names: names)), at: now)
        }
      }
    }

    var held: [RecordSet] { otherStore.snapshot.recordSets.map { RecordSet($0) }.filter { $0.type == .cname } }

    func mark() async throws -> OwnershipMark? { try await provider.readZone().marks[AliasWorld.markName] }
  }

  @Test("It is made after its target, listed by the service's mark, repaired, and goes with the service")
  func wholeLife() async throws {
    var world = World()
    try await world.run()
    #expect(world.batches.count == 2 && world.held == [wanted])
    #expect(try await world.mark()?.sets.contains(wanted.key) == true)
    #expect(world.otherStore.snapshot.recordSets.allSatisfy { $0.type != .txt }, "no mark stands in the other zone")
    let edited = RecordSet(name: Self.name, type: .cname, ttl: 5, values: ["elsewhere.example.net"])
    try await world.other.commit(
      Batch(
        service: SeedWorld.service, markName: DomainName(canonical: "x.other.org"), expected: nil, next: nil,
        changes: [Change(action: .replace, name: Self.name, before: wanted, after: edited)]))
    try await world.run()
    #expect(world.held == [wanted])
    world.core.receive(.services(.removed(SeedWorld.service)), at: SeedWorld.start)
    try await world.act()
    #expect(world.held.isEmpty)
    #expect(try await world.provider.readZone().recordSets.isEmpty)
  }

  @Test("Declared no more, it goes while its zone is still served; then the mark forgets it")
  func declaredNoMore() async throws {
    var world = World()
    try await world.run()
    world.core = World.core([])
    try await world.run()
    #expect(world.held.isEmpty)
    #expect(try await world.mark()?.sets.contains(wanted.key) == false)
  }

  @Test("A zone that cannot be reached stops its aliases alone, and they stay ours")
  func cutOff() async throws {
    var world = World()
    world.other.cut(true)
    try await world.run()
    #expect(world.batches.count == 1, "the service's own names are published")
    let why = world.core.snapshot(provider: "joint", environment: nil, mode: .lead, at: SeedWorld.start).aliases.first?
      .why
    #expect(why?.contains("other.org cannot be read") == true)
    world.other.cut(false)
    try await world.run()
    #expect(world.held == [wanted])

    // A process that starts while the zone is cut off does not lose what the mark says.
    world.other.cut(true)
    world.core = World.core([Self.name])
    try await world.run()
    world.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    try await world.act()
    #expect(try await world.mark()?.sets.contains(wanted.key) == true)
    // Nor does a deletion leave the alias behind.
    world.core.receive(.services(.removed(SeedWorld.service)), at: SeedWorld.start)
    try await world.act()
    #expect(try await world.mark() != nil)
    #expect(world.core.services[SeedWorld.service]?.plan?.held.contains { $0.rule == .noDangling } == true)
    world.other.cut(false)
    try await world.run()
    #expect(world.held.isEmpty)
    #expect(try await world.mark() == nil)
  }

  @Test("A commit that fails half way leaves an alias that the mark covers, and is finished later")
  func halfWay() async throws {
    var world = World()
    try await SeedWorld.fill(&world.core, from: SeedWorld.emptyZone())
    world.core.receive(.zone(try await world.provider.readZone()), at: SeedWorld.start)
    world.other.refuse(true)
    try await world.act()
    #expect(world.held.isEmpty)
    #expect(try await world.mark()?.sets.contains(wanted.key) == true)
    world.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    try await world.act()
    #expect(world.batches.last?.changes.isEmpty == false, "a failover waits for nothing")
    world.other.refuse(false)
    let later = SeedWorld.start + .seconds(61)
    world.core.tick(at: later)
    try await world.run(at: later)
    #expect(world.held == [wanted])
  }

  @Test("What somebody put at the name since it was read is not claimed by the mark")
  func overtaken() async throws {
    var world = World()
    try await SeedWorld.fill(&world.core, from: SeedWorld.emptyZone())
    world.core.receive(.zone(try await world.provider.readZone()), at: SeedWorld.start)
    let theirs = RecordSet(name: Self.name, type: .cname, ttl: 5, values: ["elsewhere.example.net"])
    try await world.other.commit(
      Batch(
        service: SeedWorld.service, markName: DomainName(canonical: "x.other.org"), expected: nil, next: nil,
        changes: [Change(action: .create, name: Self.name, before: nil, after: theirs)]))
    try await world.act()
    try await world.run(at: SeedWorld.start + .seconds(61))
    #expect(world.held == [theirs])
    #expect(try await world.mark()?.sets.contains(wanted.key) == false)
  }

  @Test("A writer that was paused takes nothing away in the other zone")
  func pausedWriter() async throws {
    var world = World()
    try await world.run()
    var late = world
    late.core = World.core([])
    try await SeedWorld.fill(&late.core, from: SeedWorld.emptyZone())
    late.core.receive(.zone(try await late.provider.readZone()), at: SeedWorld.start)
    guard case .commit(let batch)? = late.core.nextAction(in: .lead, at: SeedWorld.start) else {
      Issue.record("there is nothing to remove")
      return
    }
    world.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    try await world.act()
    await #expect(throws: ProviderError.self) { try await late.provider.commit(batch) }
    #expect(world.held == [wanted])
  }
}
