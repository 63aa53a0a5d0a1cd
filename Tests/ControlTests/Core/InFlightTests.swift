import Control
import DNSProviders
import Federation
import NameServer
import Testing

/// Several commits on their way at once: the rules hold as if each had ended before the next was planned.
@Suite("Several commits at once")
struct InFlightTests {
  private static let start = SeedWorld.start
  private static let clusters = ["a", "b", "c", "d"]
  private static let services = (0..<12).map { ServiceKey(namespace: "ns", name: "s\($0)") }

  /// Twelve services in four clusters, each shard with an address of its own: 48 addresses.
  private struct World {
    var core: ControlCore
    let provider: EmbeddedProvider
    var inFlight: [Batch] = []

    init(_ limits: SafetyLimits) async throws {
      let store = SeedWorld.emptyZone()
      provider = EmbeddedProvider(store, federation: SeedWorld.federation)
      core = ControlCore(
        federation: SeedWorld.federation, limits: limits, identity: "test/1",
        members: clusters.map { Configuration.Member(context: $0, region: "r", zones: ["z\($0)"]) }, at: start)
      core.receive(
        .services(.replaced(Dictionary(uniqueKeysWithValues: services.map { ($0, ServiceDeclaration()) }))), at: start)
      core.receive(.cordons(.replaced([:])), at: start)
      for (number, cluster) in clusters.enumerated() {
        var addresses: [ServiceKey: [String]] = [:]
        var slices: [ServiceKey: [String: ClusterFacts.Endpoints]] = [:]
        for (index, service) in services.enumerated() {
          addresses[service] = ["198.51.\(number).\(index + 1)"]
          slices[service] = [InFlightTests.slice(service): .init(family: .v4, ready: 1, total: 1)]
        }
        for observation: ClusterObservation in [.probe(.ready), .nodes([:]), .services(addresses), .endpoints(slices)] {
          core.receive(.cluster(cluster, observation), at: start)
        }
      }
      core.receive(.zone(try await provider.readZone()), at: start)
    }

    /// Takes up to `limit` more batches on their way; whether there was one.
    mutating func plan(_ limit: Int) async throws -> Bool {
      var isNews = false
      while inFlight.count < limit, let action = core.nextAction(in: .lead, at: start) {
        isNews = true
        switch action {
        case .commit(let batch):
          #expect(!inFlight.contains { $0.service == batch.service }, "two commits of \(batch.service) at once")
          inFlight.append(batch)
        case .read(let service, let names):
          core.receive(.names(service, try await provider.read(service, names: names)), at: start)
        }
      }
      return isNews
    }

    /// Lets one of those on their way end: done, or lost before it arrived.
    mutating func end(_ index: Int, isDone: Bool) async throws {
      let batch = inFlight.remove(at: index)
      guard isDone else {
        return core.failed(batch, ProviderError(.throttled, "asked to wait"), at: start)
      }
      try await provider.commit(batch)
      core.committed(batch, at: start)
    }

    /// Lets one end whose reply is lost, after it was done or before it arrived.
    mutating func lose(_ index: Int, isDone: Bool) async throws {
      let batch = inFlight.remove(at: index)
      if isDone { try await provider.commit(batch) }
      core.failed(batch, ProviderError(.unreachable, "no answer"), at: start)
    }

    /// Everything to the end, in order.
    mutating func settle() async throws {
      while try await plan(1) || !inFlight.isEmpty {
        if !inFlight.isEmpty { try await end(0, isDone: true) }
      }
    }

    func addresses() async throws -> Int {
      let sets = try await provider.readZone().recordSets.filter { $0.type == .a }
      return Set(sets.flatMap { set in set.values }).count
    }
  }

  private static func slice(_ service: ServiceKey) -> String { "\(service.name)-1" }

  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  @Test("In whatever order commits end, no more leaves DNS in a window than one after the other", arguments: 0..<40)
  func massChange(seed: UInt64) async throws {
    var random = Random(state: seed &* 7_919 &+ 1)
    var world = try await World(SafetyLimits(massChangeShare: 0.3, healthChangeShare: 0.25))
    try await world.settle()
    #expect(try await world.addresses() == 48)
    // Every service loses the shards of two clusters: half of all, of which the rule lets a quarter go.
    for service in Self.services.shuffled(using: &random) {
      for cluster in Self.clusters.shuffled(using: &random).prefix(2) {
        world.core.receive(
          .cluster(cluster, .endpoint(Self.slice(service), service, .init(family: .v4, ready: 0, total: 1))),
          at: Self.start)
      }
    }
    let most = Int.random(in: 2...8, using: &random)
    for _ in 0..<200 {
      _ = try await world.plan(most)
      if world.inFlight.isEmpty { break }
      let index = Int.random(in: world.inFlight.indices, using: &random)
      try await world.end(index, isDone: Int.random(in: 0..<8, using: &random) > 0)
    }
    #expect(try await world.addresses() >= 36)
    #expect(!world.core.services.values.allSatisfy { $0.plan?.held.isEmpty != false }, "nothing was stopped")
  }

  @Test("What is on its way counts at once, and what failed no more")
  func counting() async throws {
    var world = try await World(SafetyLimits(massChangeShare: 1, healthChangeShare: 0.03))
    try await world.settle()
    for service in Self.services.prefix(2) {
      world.core.receive(
        .cluster("a", .endpoint(Self.slice(service), service, .init(family: .v4, ready: 0, total: 1))), at: Self.start)
    }
    _ = try await world.plan(8)
    // One of 48 addresses is within the limit, two are not.
    #expect(world.inFlight.map(\.service) == [Self.services[0]])
    #expect(world.core.services[Self.services[1]]?.plan?.held.map(\.rule).contains(.massChange) == true)
    try await world.end(0, isDone: false)
    world.core.receive(.reconcile(Self.services[1]), at: Self.start)
    _ = try await world.plan(8)
    #expect(world.inFlight.map(\.service) == [Self.services[1]])
  }

  @Test("A commit whose reply was lost counts as done until a read tells", arguments: [true, false])
  func lostReplies(isDone: Bool) async throws {
    var world = try await World(SafetyLimits(massChangeShare: 1, healthChangeShare: 0.03))
    try await world.settle()
    for service in Self.services.prefix(2) {
      world.core.receive(
        .cluster("a", .endpoint(Self.slice(service), service, .init(family: .v4, ready: 0, total: 1))), at: Self.start)
    }
    _ = try await world.plan(1)
    try await world.lose(0, isDone: isDone)
    _ = try await world.plan(8)
    #expect(world.inFlight.isEmpty, "two of 48 are more than the limit, and one may be gone")
    // The wait of the first is over: it is read.
    world.core.tick(at: Self.start + .seconds(1))
    world.core.receive(.reconcile(Self.services[1]), at: Self.start)
    _ = try await world.plan(8)
    #expect(world.inFlight.map(\.service) == (isDone ? [] : [Self.services[0]]))
    #expect(try await world.addresses() == (isDone ? 47 : 48))
  }
}
