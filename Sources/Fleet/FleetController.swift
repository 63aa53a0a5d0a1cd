package import Control
package import Federation
package import Resolution

/// A fleet that lives: shards fail and come back, a cluster falls silent now and then, and orders are carried out.
package actor FleetController: FederationController {
  private let now: @Sendable () -> Timestamp
  private let clusters: Int
  private let services: Int
  private var fleet: Fleet?
  private var random: SplitMix
  private var silent: Int?
  /// When the next cluster falls silent, or the silent one answers again.
  private var turns = Timestamp(seconds: .max / 2_000_000_000)
  private let pictures = Broadcast<FederationSnapshot>()

  private static let step: Duration = .milliseconds(500)
  private static let outage: Duration = .seconds(20)
  private static let peace: Duration = .seconds(40)

  /// - Parameter now: the wall clock.
  package init(clusters: Int, services: Int, seed: UInt64, now: @escaping @Sendable () -> Timestamp) {
    self.clusters = clusters
    self.services = services
    self.now = now
    random = SplitMix(state: seed)
  }

  package nonisolated func snapshots() -> AsyncStream<FederationSnapshot> { pictures.stream() }

  /// The first picture, as soon as there is one.
  package nonisolated func firstSnapshot() async -> FederationSnapshot? {
    for await snapshot in snapshots() { return snapshot }
    return nil
  }

  /// Makes the fleet and lets it live until the task is cancelled.
  package func run() async {
    fleet = Fleet(clusters: clusters, services: services, at: now())
    turns = now() + Self.peace
    while !Task.isCancelled {
      show()
      do { try await Task.sleep(for: Self.step) } catch { return }
      live()
    }
  }

  package func perform(_ intent: Intent) async -> IntentResult {
    switch intent {
    case .reconcile: return .done("in memory everything is published within half a second")
    case .uncordon(let target, let service):
      guard fleet?.lift(target, service: service, at: now()) == true else {
        return .failed("there is no cordon and no drain on \(target)")
      }
      show()
      return .done("lifted the order on \(target)")
    case .place(let cordon, let planHash, let overrides):
      let plan = await preview(.placing([cordon]))
      if let planHash, planHash != plan.planHash { return .changed(plan) }
      if let hold = plan.objections.first(where: { !overrides.contains($0.rule) }) {
        return .refused(hold.rule, hold.why)
      }
      fleet?.place(cordon, at: now())
      show()
      return .done("\(cordon.kind.rawValue) of \(cordon.target) placed")
    }
  }

  package nonisolated func preview(_ change: OrderChange) async -> DrainPreview {
    // Worked out on a copy, so that the fleet lives on meanwhile.
    await self.copy().preview(change, at: now())
  }

  package nonisolated func trace(_ name: DomainName, type: RecordType) async -> Trace {
    await self.copy().trace(name, type: type)
  }

  /// Makes a cluster silent or lets it answer; false when there is none of that name.
  package func turn(_ cluster: String, isSilent: Bool) -> Bool {
    guard let index = fleet?.plan.indexes[cluster] else { return false }
    fleet?.turn(index, isSilent: isSilent, at: now())
    show()
    return true
  }

  private func copy() -> Fleet { fleet ?? Fleet(clusters: 1, services: 1, at: now()) }

  private func show() {
    if let snapshot = fleet?.snapshot(at: now()) { pictures.send(snapshot) }
  }

  private func live() {
    let time = now()
    fleet?.settle(at: time)
    for _ in 0..<3 {
      fleet?.scale(
        random.below(services), in: random.below(clusters), to: [0, 1, 3, 3][random.below(4)], at: time)
    }
    if let cluster = silent, time >= turns {
      fleet?.turn(cluster, isSilent: false, at: time)
      silent = nil
      turns = time + Self.peace
    } else if time >= turns {
      let cluster = random.below(clusters)
      fleet?.turn(cluster, isSilent: true, at: time)
      silent = cluster
      turns = time + Self.outage
    }
  }
}

/// A small generator that gives the same walk for the same seed.
private struct SplitMix {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, limit)))
  }
}
