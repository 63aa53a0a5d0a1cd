import Control
import Federation
import Resolution
import Terminal
import Testing

@testable import Dashboard

/// The dashboard builds only what is on screen, and shows what it would show had it built everything.
@Suite struct ScaleTests {
  @Test(arguments: 1...60)
  func rowsAreThoseOfTheWholeTree(seed: UInt64) {
    var world = RandomWorld(seed: seed)
    var driver = Driver(world.snapshot)
    var random = Generator(state: seed &* 77 | 1)
    let filters = [
      "", "svc", "svc-1", "health=down", "!health=ok region=n", "10.0.1", "/^c[01]$/", "/^10.*1$/", "zone=-a",
      "!10.0", "a/", "address=", "down",
    ]
    for step in 0..<40 {
      switch random.below(6) {
      case 0: driver.state.filterText = filters[random.below(filters.count)]
      case 1: driver.type("A")
      case 2: driver.type("s")
      case 3: driver.press(.down, .enter)
      case 4: driver.type("!")
      default:
        world.move()
        driver.send(.snapshot(world.snapshot))
      }
      driver.state.refreshRows()
      expectWhole(driver.state, world.snapshot, "seed \(seed) step \(step)")
    }
  }

  private func expectWhole(_ state: DashboardState, _ snapshot: FederationSnapshot, _ what: Comment) {
    guard let scope = state.scope else { return }
    let whole = WholeTree(snapshot, scope: scope, order: state.order, selected: state.service)
    let wanted = whole.rows(filter: state.filter) { place in
      if let chosen = state.folds[place.id] { return chosen }
      return scope == .everything && !state.isFiltering && place.depth > 0
    }
    let shown = state.shownPlaces
    #expect(state.rows.count == wanted.count, what)
    #expect(shown.map(\.id) == wanted.map(\.place.id), what)
    for (row, (place, node)) in zip(shown, wanted).enumerated() {
      #expect(place.label == node.place.label && place.depth == node.place.depth, what)
      #expect(place.state == node.place.state, what)
      #expect(place.tally == node.place.tally, what)
      #expect([place.ready, place.total] == [node.place.ready, node.place.total], what)
      #expect(place.shard == node.place.shard && place.cluster == node.place.cluster, what)
      #expect(place.isLeaf == node.children.isEmpty, what)
      if let position = state.tree.index[place.id], !place.isLeaf {
        #expect(state.tree.sums[position].history == node.history, what)
      }
      #expect(state.row(of: place.id) == row, what)
      #expect(state.place(place.id)?.id == place.id, what)
    }
    #expect(shown.isEmpty || state.selectedRow != nil, what)
    #expect(state.totals.leaves == snapshot.services.reduce(0) { $0 + $1.shards.count }, what)
  }

  @Test func onlyRowsOnScreenAreBuilt() {
    var driver = Driver(Self.wide(services: 300, clusters: 40), columns: 120, rows: 40)
    driver.type("A/svc")
    driver.press(.enter)
    #expect(driver.state.rows.count == 1 + 40 + 300 * 40)
    #expect(driver.state.rows.entries.count == 41)
    #expect(driver.state.tree.places.count == 41)
    let screen = driver.state.layout.placeRows
    driver.press(.end)
    #expect(driver.state.selectedRow == driver.state.rows.count - 1)
    #expect(driver.state.places(in: driver.state.top..<driver.state.top + screen).count == screen)
    #expect(driver.row(with: "› ")?.contains("ns/svc-99") == true)
    driver.press(.pageUp, .home)
    #expect(driver.state.selectedRow == 0)
  }

  @Test func aChangeCountsOneService() {
    var snapshot = Self.wide(services: 50, clusters: 20)
    var driver = Driver(snapshot)
    driver.type("A/10.1.")
    driver.press(.enter)
    #expect(driver.state.census.recounted == 50)
    snapshot.services[7].shards[3].verdict.reason = .noReadyEndpoints
    driver.send(.snapshot(snapshot))
    #expect(driver.state.census.recounted == 1)
    driver.send(.snapshot(snapshot))
    #expect(driver.state.census.recounted == 0)
    snapshot.clusters[2].cluster.condition = .unreachable
    driver.send(.snapshot(snapshot))
    #expect(driver.state.census.recounted == 50, "a condition concerns every service")
  }

  @Test func aSelectedShardStaysSelectedWhileTheWorldMoves() throws {
    var snapshot = Self.wide(services: 30, clusters: 8)
    var driver = Driver(snapshot)
    driver.type("A")
    driver.press(.end, .right, .down, .down, .down)
    let chosen = try #require(driver.state.selection)
    guard case .shard(let key, let cluster, _, _) = chosen else {
      Issue.record("a shard is selected")
      return
    }
    let row = driver.state.selectedRow
    let position = try #require(snapshot.services.firstIndex { $0.key == key })
    let shard = try #require(snapshot.services[position].shards.firstIndex { $0.shard.cluster == cluster })
    snapshot.services[position].shards[shard].verdict = Verdict(
      service: key, cluster: cluster, isHealthy: false, reason: .noReadyEndpoints)
    driver.send(.snapshot(snapshot))
    #expect(driver.state.selection == chosen)
    #expect(driver.state.selectedRow != row)
    snapshot.services.remove(at: position)
    driver.send(.snapshot(snapshot))
    #expect(driver.state.selection == chosen.zonePlace, "the shard is gone: the nearest place around it")
  }

  @Test func namesAreMadeOfTheServiceThatIsLookedAt() {
    let made = Made()
    var snapshot = Self.wide(services: 40, clusters: 5)
    snapshot.services = snapshot.services.map { service in
      ServiceSnapshot(
        key: service.key, ttl: service.ttl, generation: service.generation, shards: service.shards,
        names: CountedNames(key: service.key, made: made), held: [])
    }
    var driver = Driver(snapshot)
    _ = driver.grid
    for view in ["2", "5", "1", "A"] {
      driver.type(view)
      _ = driver.grid
    }
    #expect(made.keys.isSubset(of: [snapshot.services[0].key]))
  }

  @Test func aCardOverVeryManyServicesIsShortAndCountsTheRest() throws {
    let key = ServiceKey(namespace: "ns", name: "svc")
    var preview = SampleWorld.preview(.placing([SampleWorld.drain(.zone("us-central1-b"), service: nil)]))
    let plan = try #require(preview.plans.first)
    preview.plans = (0..<300).map { number in
      var own = plan
      own.service.name = "svc-\(number)"
      return own
    }
    preview.affected = Array(repeating: SampleWorld.name("us-central1-f"), count: 80)
    preview.capacity = (0..<200).map { number in
      DrainPreview.Capacity(service: key, level: .region("r-\(number)"), remaining: number, total: 200)
    }
    let changes = CardChanges(preview: preview, federation: nil, first: nil, glyphs: .unicode).lines(width: 100)
    let texts = changes.map { $0.pieces.map(\.text).joined() }
    #expect(changes.count < 60)
    #expect(texts.contains { $0.contains("and 298 services more") }, "\(texts.suffix(6))")
    let capacity = CardCapacity(preview: preview, glyphs: .unicode).lines(width: 100)
    #expect(capacity.count < 20)
    #expect(capacity[0].pieces.map(\.text).joined().contains("r-0"), "what is left with nothing is never hidden")
  }

  @Test func aStillWorldDrawsNothing() {
    var snapshot = SampleWorld().snapshot
    var driver = Driver(snapshot)
    func traced(_ latency: Duration) -> Message {
      var trace = SampleWorld.trace("europe-west1-b", region: "europe-west1", addresses: ["192.0.2.1"])
      for hop in trace.hops.indices { trace.hops[hop].answers[0].latency = latency }
      return .traced(trace)
    }
    driver.send(traced(.milliseconds(2)))
    let grid = driver.grid
    for second in 1...120 {
      driver.wait(.seconds(1))
      snapshot.time = driver.state.now
      for index in snapshot.clusters.indices { snapshot.clusters[index].lastHeard = driver.state.now }
      driver.send(.snapshot(snapshot))
      if second % 5 == 0 { driver.send(traced(.milliseconds(3 + Int64(second % 20)))) }
      #expect(driver.grid == grid, "second \(second)")
    }
    driver.send(traced(.milliseconds(400)))
    #expect(driver.grid != grid, "a slow server is news")
    driver.wait(.seconds(48))
    #expect(driver.row(with: "picture 48s old") != nil)
    #expect(driver.row(with: " 48s") != nil)
  }

  /// Services that are alike, in zones of one region.
  private static func wide(services: Int, clusters: Int) -> FederationSnapshot {
    var snapshot = SampleWorld().snapshot
    snapshot.clusters = (0..<clusters).map { number in
      ClusterSnapshot(
        cluster: Cluster(name: "z-\(number + 10)", region: "z", zones: ["z-\(number + 10)"], condition: .ready),
        reason: "", lastHeard: nil, since: SampleWorld.now)
    }
    snapshot.services = (0..<services).map { number in
      let key = ServiceKey(namespace: "ns", name: "svc-\(number)")
      let shards = snapshot.clusters.map(\.cluster).enumerated().map { index, cluster in
        ShardSnapshot(
          shard: Shard(
            cluster: cluster.name, addresses: ["10.\(number % 250).\(index).1"], readyEndpoints: 3, totalEndpoints: 3),
          region: "z", zones: cluster.zones,
          verdict: Verdict(service: key, cluster: cluster.name, isHealthy: true, reason: .healthy), isServing: true,
          observed: nil, since: SampleWorld.now, history: [3])
      }
      return ServiceSnapshot(key: key, ttl: 60, generation: 1, shards: shards, names: [], held: [])
    }.sorted { $0.key < $1.key }
    return snapshot
  }
}
