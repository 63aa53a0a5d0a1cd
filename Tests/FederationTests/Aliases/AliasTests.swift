import Federation
import Testing

/// What an alias of one service should be, and what a plan does about it.
@Suite("Aliases")
struct AliasTests {
  private let name = DomainName(canonical: "eu.nginx.example.com")

  private func world(_ aliases: Alias...) -> World {
    var world = World.seed
    world.services[0].aliases = aliases
    return world
  }

  private func alias(_ target: Alias.Target, ttl: UInt32? = nil) -> Alias {
    Alias(name: name, service: World.nginx, target: target, ttl: ttl)
  }

  private func plan(_ world: World) -> ServicePlan {
    world.context.plan(world.services[0], published: world.published, window: nil).plan
  }

  /// Plans and applies until nothing changes; every plan on the way.
  private func settle(_ world: inout World) -> [ServicePlan] {
    var plans: [ServicePlan] = []
    for _ in 0..<4 {
      let next = plan(world)
      plans.append(next)
      guard !next.changes.isEmpty else { break }
      world.published = world.published.filter { $0.owner != world.federation.name }
      world.published += next.records.map { PublishedRecordSet(recordSet: $0, owner: world.federation.name) }
    }
    return plans
  }

  @Test(
    "An alias is a CNAME to the name of its level",
    arguments: [
      (Alias.Target.global, NameLayout.flat, "example.com"), (.region("us-central1"), .flat, "us-central1.example.com"),
      (.region("US-Central1"), .nested, "us-central1.example.com"),
      (.zone("us-central1-f", region: nil), .flat, "us-central1-f.example.com"),
      (.zone("us-central1-f", region: nil), .nested, "us-central1-f.us-central1.example.com"),
      (.zone("us-central1-f", region: "us-central1"), .nested, "us-central1-f.us-central1.example.com"),
    ])
  func levels(target: Alias.Target, layout: NameLayout, suffix: String) throws {
    var world = world(alias(target, ttl: 30))
    world.federation.nameLayout = layout
    let record = try world.context.record(of: world.services[0].aliases[0], ttl: nil)
    #expect(record == RecordSet(name: name, type: .cname, ttl: 30, values: [World.stem + suffix]))
    // First the service's own names, then the alias, then nothing.
    let plans = settle(&world)
    try #require(plans.count == 3)
    #expect(plans[0].changes.allSatisfy { $0.name != name })
    #expect(plans[1].changes.map(\.after) == [record])
    #expect(plans[2].records.contains(record))
  }

  @Test("The TTL is the alias's own, else the service's, else the federation's")
  func timeToLive() throws {
    let context = world().context
    #expect(try context.record(of: alias(.global, ttl: 5), ttl: 60).ttl == 5)
    #expect(try context.record(of: alias(.global), ttl: 60).ttl == 60)
    #expect(try context.record(of: alias(.global), ttl: nil).ttl == 180)
  }

  @Test("A zone whose name two nested regions share needs its region")
  func ambiguousZone() {
    var world = World([("a", "r1", ["192.0.2.1"], 1), ("b", "r2", ["192.0.2.2"], 1)])
    world.federation.nameLayout = .nested
    world.clusters[1].zones = ["a"]
    #expect(throws: AliasTrouble.self) { try world.context.record(of: alias(.zone("a", region: nil)), ttl: nil) }
    #expect(throws: Never.self) { try world.context.record(of: alias(.zone("a", region: "r2")), ttl: nil) }
    #expect(throws: AliasTrouble.self) { try world.context.record(of: alias(.zone("c", region: nil)), ttl: nil) }
  }

  @Test("No alias is made to a place that the service has no name at")
  func unknownPlace() {
    var world = world(alias(.region("europe-wset1")))
    let plans = settle(&world)
    #expect(plans.last?.held.contains { $0.rule == .noDangling && $0.name == name } == true)
    #expect(!world.published.contains { $0.recordSet.name == name })
    // Without the rule it is made, and before anything that it could lead to.
    world.published = []
    world.rules = SafetyRules.all.without(.noDangling)
    #expect(plan(world).changes.first?.name == name)
  }

  @Test("What is led nowhere stays as it was; what is declared no more goes, if it still leads into the service")
  func changedDeclarations() throws {
    var world = world(alias(.region("us-central1")))
    _ = settle(&world)
    world.services[0].aliases = [alias(.region("nowhere"))]
    #expect(plan(world).changes.isEmpty && plan(world).held.contains { $0.name == name })
    world.services[0].aliases = [alias(.region("asia-east1"))]
    let change = try #require(plan(world).changes.first)
    #expect(plan(world).changes.count == 1 && change.action == .replace)
    world.services[0].aliases = []
    #expect(plan(world).changes.map(\.action) == [.delete])
    let index = try #require(world.published.firstIndex { $0.recordSet.name == name })
    world.published[index].recordSet = RecordSet(name: name, type: .cname, ttl: 5, values: ["elsewhere.example.org"])
    #expect(plan(world).changes.isEmpty, "it leads elsewhere by somebody's will")
  }

  @Test("Somebody else's record at the name is left alone and named", arguments: RecordType.allCases)
  func foreign(type: RecordType) {
    var world = world(alias(.global))
    let set = RecordSet(name: name, type: type, ttl: 30, values: ["x"])
    world.published = [PublishedRecordSet(recordSet: set, owner: nil)]
    let plans = settle(&world)
    #expect(plans.last?.held.contains { $0.rule == .owned && $0.name == name } == true)
    #expect(world.published.filter { $0.recordSet.name == name }.map(\.recordSet) == [set])
    #expect(plans.flatMap(\.changes).allSatisfy { $0.name != name })
  }

  @Test("While the provider refuses it, the service's own names go on")
  func withheld() throws {
    var world = world(alias(.global))
    world.services[0].withheldAliases = [name: "refused"]
    let plans = settle(&world)
    try #require(plans.count == 2)
    #expect(plans[0].changes.count == 18)
    #expect(plans[1].held.contains { $0.rule == .isolation && $0.name == name && $0.why == "refused" })
  }

  @Test("A deleted service's alias goes before what it leads to")
  func deleted() {
    var world = world(alias(.zone("us-central1-f", region: nil)))
    _ = settle(&world)
    world.services[0].isDeleted = true
    world.services[0].shards = []
    var zone = Zone(world.published)
    let changes = plan(world).changes
    #expect(changes.count == world.published.count)
    for change in changes {
      let isApplied = zone.apply(change)
      #expect(isApplied)
      for name in zone.sets.keys { #expect(zone.chain(from: name) != nil, "\(name) dangles after \(change)") }
    }
  }

  @Test("In random worlds no alias dangles, vanishes, or takes what is somebody else's", arguments: 0..<6)
  func invariants(seed: Int) {
    var random = SeededGenerator(seed: UInt64(1_000 + seed))
    var written = 0
    for round in 0..<80 {
      var world = World.random(&random)
      world.services = [world.services[0]]
      let names = (0..<3).map { DomainName(canonical: "alias\($0).example.com") }
      for step in 0..<4 {
        if step > 0 { world.age(&random) }
        world.services[0].aliases = names.filter { _ in !random.oneIn(5) }.map { name in
          let targets: [Alias.Target] = [.global, .region("r1"), .region("r2"), .zone("r1-a", region: "r1")]
          return Alias(name: name, service: World.nginx, target: targets.randomElement(using: &random) ?? .global)
        }
        if random.oneIn(3) {
          let set = RecordSet(name: names[0], type: random.oneIn(2) ? .a : .cname, ttl: 9, values: ["192.0.2.200"])
          world.published.removeAll { $0.recordSet.name == names[0] }
          world.published.append(PublishedRecordSet(recordSet: set, owner: nil))
        }
        let foreign = world.published.filter { $0.owner == nil }
        let declared = Set(world.services[0].aliases.map(\.name))
        var zone = Zone(world.published)
        let plans = settle(&world)
        for change in plans.flatMap(\.changes) {
          let answered = names.filter { zone.chain(from: $0) != nil }
          guard zone.apply(change) else {
            Issue.record("seed \(seed) round \(round): \(change) is not what is there")
            return
          }
          if names.contains(change.name) { written += 1 }
          let isDeleted = world.services[0].isDeleted
          for name in answered where zone.chain(from: name) == nil {
            let isGone = zone.sets[name] == nil && (isDeleted || !declared.contains(name))
            #expect(isGone, "seed \(seed) round \(round) step \(step): \(name) after \(change)")
          }
        }
        #expect(plans.last?.changes.isEmpty == true, "seed \(seed) round \(round): it does not come to rest")
        for entry in foreign { #expect(zone.sets[entry.recordSet.name]?[entry.recordSet.type] == entry.recordSet) }
      }
    }
    #expect(written > 100)
  }
}
