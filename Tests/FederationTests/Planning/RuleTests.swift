import Federation
import Testing

/// Each safety rule in the smallest world that shows it: every test fails when its rule is taken out.
@Suite struct RuleTests {
  /// Four healthy zones in two regions, published.
  private var four: World {
    var world = World([
      ("z1", "r1", ["192.0.2.1"], 1), ("z2", "r1", ["192.0.2.2"], 1), ("z3", "r2", ["192.0.2.3"], 1),
      ("z4", "r2", ["192.0.2.4"], 1),
    ])
    world.apply(world.plan())
    return world
  }

  private func holds(_ plan: FederationPlan) -> [SafetyRule] { plan.services.flatMap(\.held).map(\.rule) }

  @Test func neverEmptyKeepsTheLastGoodSetWhenAllShardsAreRed() {
    var world = four
    let table = world.table(world.plan())
    for index in 0..<4 { world.services[0].shards[index].readyEndpoints = 0 }
    let plan = world.plan()
    #expect(plan.services[0].changes.isEmpty)
    #expect(world.table(plan) == table)
    #expect(holds(plan) == [.neverEmpty])
  }

  @Test func noDanglingPublishesNothingWhereNothingAnswers() {
    let world = World([("z1", "r1", ["192.0.2.1"], 0)])
    #expect(world.plan().services[0].records.isEmpty)
    #expect(holds(world.plan()) == [.noDangling])
  }

  @Test func noDanglingMakesNoAliasToAForeignName() {
    var world = four
    world.services[0].shards[0].readyEndpoints = 0
    let region = world.name("r1")
    world.published.removeAll { $0.recordSet.name == region }
    world.publish("r1", .a, ["198.51.100.1"], owner: nil)
    let plan = world.plan()
    #expect(world.table(plan).contains("z1 A 192.0.2.1"))
    #expect(plan.services[0].held.contains { $0.rule == .noDangling && $0.name == world.name("z1") })
    #expect(plan.services[0].held.contains { $0.rule == .owned && $0.name == world.name("r1") })
  }

  @Test func massChangeStopsWhatVanishedAboveTheLowLimit() {
    var world = four
    world.services[0].shards.removeLast(2)
    #expect(holds(world.plan()) == [.massChange])
    #expect(world.table(world.plan()).contains("@ A 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4"))
    #expect(world.plan().services[0].held[0].why.contains("2 of 4 published addresses (50 %)"))
    world.overrides = [.massChange]
    #expect(world.table(world.plan()).contains("@ A 192.0.2.1 192.0.2.2"))
    #expect(world.table(world.plan()).contains("z3 CNAME @"))
  }

  @Test func massChangeLetsAReportedRegionFailOver() {
    var world = four
    for index in 2..<4 { world.services[0].shards[index].readyEndpoints = 0 }
    #expect(world.table(world.plan()).contains("r2 CNAME @"))
    world.limits.healthChangeShare = 0.4
    #expect(holds(world.plan()) == [.massChange])
    #expect(world.table(world.plan()).contains("r2 A 192.0.2.3 192.0.2.4"))
  }

  @Test func massChangeCountsOneDeletionAsAnOrderAndSeveralAsAnAccident() {
    var world = four
    var second = world.services[0]
    second.key.name = "other"
    world.services.append(second)
    world.apply(world.plan())
    world.services[0].isDeleted = true
    #expect(world.plan().services.map(\.records.count).sorted() == [0, 7])
    world.services[1].isDeleted = true
    #expect(world.plan().services.map(\.records.count) == [7, 7])
    #expect(holds(world.plan()) == [.massChange, .massChange])
  }

  @Test func massChangeRemembersTheWindow() {
    var world = four
    world.order(.drain, .zone("z1"))
    let context = world.context
    let plan = context.plan(world.services[0], published: world.published, window: RemovalWindow(published: 4))
    #expect(plan.removals.vanished == 1)
    #expect(!plan.plan.changes.isEmpty)
    var window = RemovalWindow(published: 4)
    window.add(plan.removals)
    let second = context.plan(world.services[0], published: world.published, window: window)
    #expect(second.plan.changes.isEmpty)
    #expect(second.plan.held.map(\.rule) == [.massChange])
  }

  @Test func ownedLeavesForeignRecordsAndSaysSo() {
    var world = World([("z1", "r1", ["192.0.2.1"], 1), ("z2", "r1", ["192.0.2.2"], 0)])
    world.publish("z2", .txt, ["hello"], owner: nil)
    world.publish("z1", .a, ["198.51.100.1"], owner: "other")
    world.publish("r1", .txt, ["hello"], owner: nil)
    let plan = world.plan()
    #expect(world.table(plan) == ["@ A 192.0.2.1", "r1 A 192.0.2.1"])
    #expect(Set(plan.services[0].held.map { world.short($0.name?.text ?? "") }) == ["z1", "z2", "r1"])
    #expect(holds(plan).allSatisfy { $0 == .owned })
  }

  @Test func ownedStopsTheServiceAtAForeignMark() {
    var world = World([("z1", "r1", ["192.0.2.1"], 1)])
    world.published.append(
      PublishedRecordSet(
        recordSet: RecordSet(
          name: DomainName(canonical: "_zonetop." + World.stem + "example.com"), type: .txt, ttl: 60,
          values: ["heritage=external-dns"]), owner: nil))
    #expect(world.plan().services[0].changes.isEmpty)
    #expect(holds(world.plan()) == [.owned])
  }

  @Test func failStaticFreezesEverything() {
    var world = four
    world.services[0].shards[0].readyEndpoints = 0
    var context = world.context
    #expect(!context.plan(world.services[0], published: world.published, window: nil).plan.changes.isEmpty)
    context.frozen = "blind"
    let plan = context.plan(world.services[0], published: world.published, window: nil).plan
    #expect(plan.changes.isEmpty && plan.records.count == 7 && plan.held.map(\.rule) == [.failStatic])
  }

  @Test func quorumHoldsAnUnreachableClusterAsItWas() {
    var world = four
    world.clusters[0].condition = .unreachable
    world.services[0].shards[0].readyEndpoints = 0
    var plan = world.plan()
    #expect(plan.services[0].changes.isEmpty)
    #expect(holds(plan) == [.quorum])
    world.services[0].shards[0].addresses = []
    #expect(world.plan().services[0].changes.isEmpty)
    world.services[0].shards[0].addresses = ["192.0.2.1", "192.0.2.77"]
    #expect(world.plan().services[0].changes.isEmpty)
    world.clusters[0].condition = .withdrawn
    plan = world.plan()
    #expect(world.table(plan).contains("z1 CNAME r1"))
  }

  @Test func isolationRefusesOnlyWhatCannotBeNamed() {
    var world = World([
      ("z1", "r1", ["192.0.2.1"], 1), ("r1", "r2", ["192.0.2.2"], 1), ("", "r3", ["192.0.2.3"], 1),
      ("z4", "", ["192.0.2.4"], 1), (String(repeating: "z", count: 64), "r5", ["192.0.2.5"], 1),
    ])
    let plan = world.plan()
    #expect(world.table(plan) == ["@ A 192.0.2.1", "r1 A 192.0.2.1", "z1 A 192.0.2.1"])
    #expect(holds(plan) == [.isolation, .isolation, .isolation, .isolation])
    #expect(plan.services[0].verdicts.map(\.reason).filter { $0 == .clusterUnplaced }.count == 4)
    world.federation.nameLayout = .nested
    #expect(world.table(world.plan()).contains("r1.r2 A 192.0.2.2"))
    world.services[0].key.namespace = "myfederation"
    #expect(world.plan().services[0].records.isEmpty && holds(world.plan()) == [.isolation])
  }

  @Test func twoRegionsMayNameTheirZonesAlikeOnlyWhenNested() {
    var world = World([("a", "r1", ["192.0.2.1"], 1)])
    world.clusters.append(Cluster(name: "second", region: "r2", zones: ["a"], condition: .ready))
    world.services[0].shards.append(
      Shard(cluster: "second", addresses: ["192.0.2.2"], readyEndpoints: 1, totalEndpoints: 1))
    #expect(world.table(world.plan()) == ["@ A 192.0.2.1 192.0.2.2", "r1 A 192.0.2.1", "r2 A 192.0.2.2"])
    world.federation.nameLayout = .nested
    #expect(
      world.table(world.plan()) == [
        "a.r1 A 192.0.2.1", "a.r2 A 192.0.2.2", "@ A 192.0.2.1 192.0.2.2", "r1 A 192.0.2.1", "r2 A 192.0.2.2",
      ])
  }

  @Test func familiesStandApartAndHostsStopOnlyThemselves() {
    var world = World([
      ("z1", "r1", ["192.0.2.1", "2001:DB8::0:1"], 1), ("z2", "r1", ["lb.example.net", "gone.example.net"], 1),
      ("z3", "r1", ["gone.example.net"], 1),
    ])
    world.hosts = ["lb.example.net": [.v4(0xC633_6407)]]
    let plan = world.plan()
    #expect(
      world.table(plan) == [
        "@ A 192.0.2.1 198.51.100.7", "@ AAAA 2001:db8::1", "r1 A 192.0.2.1 198.51.100.7", "r1 AAAA 2001:db8::1",
        "z1 A 192.0.2.1", "z1 AAAA 2001:db8::1", "z2 A 198.51.100.7", "z3 CNAME r1",
      ])
    #expect(plan.services[0].verdicts.last?.reason == .hostUnresolved)
  }

  @Test func everyZoneOfAClusterHasItsNameAndOnlyItsAddresses() {
    var world = World([("z1", "r1", ["192.0.2.1"], 1)])
    world.clusters.append(Cluster(name: "wide", region: "r1", zones: ["z1", "z2"], condition: .ready))
    world.services[0].shards.append(
      Shard(cluster: "wide", addresses: ["192.0.2.9"], readyEndpoints: 1, totalEndpoints: 1))
    #expect(
      world.table(world.plan()) == [
        "@ A 192.0.2.1 192.0.2.9", "r1 A 192.0.2.1 192.0.2.9", "z1 A 192.0.2.1 192.0.2.9", "z2 A 192.0.2.9",
      ])
    world.apply(world.plan())
    world.limits.massChangeShare = 1
    world.order(.drain, .zone("z1"))
    #expect(world.table(world.plan()) == ["@ A 192.0.2.9", "r1 A 192.0.2.9", "z1 CNAME r1", "z2 A 192.0.2.9"])
    world.order(.drain, .zone("z2"))
    #expect(holds(world.plan()) == [.neverEmpty])
  }

  @Test func aCordonKeepsOutAndADrainTakesOut() {
    var world = World([("z1", "r1", ["192.0.2.1"], 1), ("z2", "r1", ["192.0.2.2"], 1)])
    world.order(.cordon, .cluster("z2"), service: World.nginx)
    #expect(world.table(world.plan()) == ["@ A 192.0.2.1", "r1 A 192.0.2.1", "z1 A 192.0.2.1", "z2 CNAME r1"])
    #expect(world.plan().services[0].verdicts[1].reason == .cordoned)
    world.cordons = []
    world.apply(world.plan())
    world.order(.cordon, .region("r1"))
    world.services[0].shards[1].addresses.append("192.0.2.3")
    #expect(world.plan().services[0].changes.isEmpty)
    world.limits.massChangeShare = 1
    world.order(.drain, .shard(cluster: "z2", service: World.nginx))
    #expect(world.table(world.plan()).contains("z2 CNAME r1"))
    world.cordons = []
    world.order(.drain, .cluster("z2"), service: ServiceKey(namespace: "mynamespace", name: "other"))
    world.order(.drain, .cluster("z2"), expires: 0)
    #expect(world.table(world.plan()).contains("z2 A 192.0.2.2 192.0.2.3"))
  }

  @Test func deletionRemovesAliasesBeforeTheirTargets() {
    var world = four
    world.services[0].shards[0].readyEndpoints = 0
    world.publish("z2", .txt, ["hello"], owner: nil)
    world.apply(world.plan())
    world.services[0].isDeleted = true
    let plan = world.plan().services[0]
    #expect(plan.records.isEmpty && plan.changes.count == 7)
    #expect(plan.changes.allSatisfy { $0.action == .delete })
    #expect(plan.held.map(\.rule) == [.owned])
    let order = plan.changes.map { world.short($0.name.text) }
    #expect((order.firstIndex(of: "z1") ?? 9) < (order.firstIndex(of: "r1") ?? 0))
  }

  @Test func aRemovedClusterLeavesAnAliasAndNoAddress() {
    var world = four
    world.services[0].shards.removeLast()
    world.clusters.removeLast()
    #expect(world.table(world.plan()).contains("z4 CNAME @"))
    world.apply(world.plan())
    #expect(world.plan().services[0].changes.isEmpty)
  }

  @Test func aServiceThatIsMissingStays() {
    var world = four
    world.services = []
    #expect(world.plan().services[0].records.count == 7)
    #expect(holds(world.plan()) == [.neverEmpty])
  }

  @Test func driftIsRepaired() {
    var world = four
    world.published = []
    world.publish("z1", .a, ["192.0.2.1"], ttl: 30)
    world.publish("z2", .cname, ["elsewhere.example.org"])
    world.publish("z2", .aaaa, ["2001:db8::1"])
    world.publish("@", .cname, [world.name("z2").text])
    let plan = world.plan().services[0]
    #expect(plan.records.count == 7)
    #expect(plan.changes.first?.after?.type == .a && plan.changes.first?.before?.type == .cname)
    #expect(plan.changes.contains { $0.name == world.name("z1") && $0.before?.ttl == 30 && $0.after?.ttl == 180 })
  }
}
