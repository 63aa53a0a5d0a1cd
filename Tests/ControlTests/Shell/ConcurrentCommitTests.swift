import Control
import DNS
import DNSProviders
import Federation
import Logging
import NameServer
import Resolution
import Synchronization
import Testing

/// The shell with a provider that is best given several commits at once.
@Suite("Several commits at once, as the controller sends them")
struct ConcurrentCommitTests {
  private static let services = (0..<9).map { ServiceKey(namespace: "ns", name: "s\($0)") }

  /// Stores whatever is written, until it falls silent.
  private final class Leases: LeaseStore {
    let isSilent = Mutex(false)
    func read() async throws(LeaseSilence) -> LeaseRecord? {
      if isSilent.withLock({ $0 }) { throw LeaseSilence("no answer") }
      return nil
    }
    func create(_ record: LeaseRecord) async -> LeaseElection.WriteResult { answer }
    func replace(_ record: LeaseRecord) async -> LeaseElection.WriteResult { answer }
    private var answer: LeaseElection.WriteResult { isSilent.withLock { $0 } ? .unknown : .stored(version: "1") }
  }

  private func with(lease: Bool = false, _ body: (Box) async throws -> Void) async throws {
    let box = Box(lease: lease)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await box.controller.run() }
      await box.fill()
      _ = await box.controller.settledSnapshot(within: .seconds(20))
      #expect(box.provider.ended == Self.services.count)
      try await body(box)
      box.provider.open()
      group.cancelAll()
    }
    #expect(box.provider.doubled.isEmpty)
    #expect(box.provider.most <= box.provider.concurrentCommits)
  }

  /// A controller of nine services in two clusters.
  private final class Box: Sendable {
    let store = SeedWorld.emptyZone()
    let provider: GatedProvider
    let controller: Controller
    let leases = Leases()
    /// By how much this process's clock was moved.
    let skipped = Skipped()

    final class Skipped: Sendable {
      let time = Mutex(Duration.zero)
    }

    init(lease: Bool) {
      provider = GatedProvider(EmbeddedProvider(store, federation: SeedWorld.federation), concurrentCommits: 3)
      let skipped = skipped
      let now = { @Sendable in SeedWorld.start + MonotonicClock.uptime() }
      let tracer = Tracer(servers: [], questions: DNSClient.standard, flags: [], clock: ContinuousClock())
      let world = ControllerWorld(
        observers: [], provider: provider, providerName: "gated", orders: NoOrders(), hosts: NoHosts(),
        readBack: { _ in ReadBackResult(serving: [], behind: []) }, trace: { await tracer.trace($0, $1) }, now: now,
        clock: ContinuousClock(), uptime: { MonotonicClock.uptime() + skipped.time.withLock { $0 } },
        lease: lease ? leases : nil)
      controller = Controller(
        core: ControlCore(
          federation: SeedWorld.federation, limits: SafetyLimits(massChangeShare: 1, healthChangeShare: 1),
          identity: "test/1",
          members: ["a", "b"].map { Configuration.Member(context: $0, region: "r", zones: ["z\($0)"]) }, at: now()),
        mode: .lead, world: world, election: lease ? LeaseElection(identity: "test/1", timing: .default) : nil,
        environment: nil, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func fill() async {
      let declared = Dictionary(uniqueKeysWithValues: services.map { ($0, ServiceDeclaration()) })
      await controller.receive(.services(.replaced(declared)))
      await controller.receive(.cordons(.replaced([:])))
      for (number, cluster) in ["a", "b"].enumerated() {
        var addresses: [ServiceKey: [String]] = [:]
        var slices: [ServiceKey: [String: ClusterFacts.Endpoints]] = [:]
        for (index, service) in services.enumerated() {
          addresses[service] = ["198.51.\(number).\(index + 1)"]
          slices[service] = ["\(service.name)-1": .init(family: .v4, ready: 1, total: 1)]
        }
        for observation: ClusterObservation in [.probe(.ready), .nodes([:]), .services(addresses), .endpoints(slices)] {
          await controller.receive(.cluster(cluster, observation))
        }
      }
    }

    /// Somebody takes a name of every service away; the controller reads that.
    func damage() async throws {
      let gone = try await provider.readZone().recordSets.filter { $0.name.text.contains(".za.") }.map(\.key)
      try store.change { (zone) throws(ProviderError) in try zone.replace(gone, with: []) }
      await controller.receive(.zone(try await provider.readZone()))
    }
  }

  @Test("As many as the provider is best given, never two of one service, and a fail-over before the repairs that wait")
  func urgentFirst() async throws {
    try await with { box in
      var arrivals = box.provider.arrivals.makeAsyncIterator()
      box.provider.close()
      try await box.damage()
      var first: Set<ServiceKey> = []
      for _ in 0..<3 { if let service = await arrivals.next() { first.insert(service) } }
      #expect(first == Set(Self.services[0..<3]))
      #expect(box.provider.most == 3)
      let urgent = Self.services[8]
      await box.controller.receive(
        .cluster("b", .endpoint("\(urgent.name)-1", urgent, .init(family: .v4, ready: 0, total: 1))))
      box.provider.release()
      #expect(await arrivals.next() == urgent)
      box.provider.release()
      #expect(await arrivals.next() == Self.services[3])
    }
  }

  @Test("Who ends waits for all that are under way, and begins nothing more")
  func quiescence() async throws {
    try await with { box in
      var arrivals = box.provider.arrivals.makeAsyncIterator()
      box.provider.close()
      try await box.damage()
      for _ in 0..<3 { _ = await arrivals.next() }
      let before = box.provider.ended
      async let ending: Void = box.controller.quiesce(within: .seconds(20))
      box.provider.release(3)
      await ending
      #expect(box.provider.ended == before + 3)
      #expect(box.provider.begun == before + 3)
    }
  }

  @Test("A lost lease lets those under way end, and nothing more begin")
  func leaseLoss() async throws {
    try await with(lease: true) { box in
      var arrivals = box.provider.arrivals.makeAsyncIterator()
      box.provider.close()
      try await box.damage()
      for _ in 0..<3 { _ = await arrivals.next() }
      let begun = box.provider.begun
      box.leases.isSilent.withLock { $0 = true }
      box.skipped.time.withLock { $0 = .seconds(60) }
      box.provider.release(3)
      _ = await box.controller.settledSnapshot(within: .milliseconds(300))
      #expect(box.provider.begun == begun)
      #expect(box.provider.ended == begun)
    }
  }
}
