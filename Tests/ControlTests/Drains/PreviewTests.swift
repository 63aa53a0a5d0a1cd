import Control
import Federation
import JSON
import Testing

@Suite("Previews: several orders at once, orders that end, who else is near, and what would keep them waiting")
struct PreviewTests {
  private let start = SeedWorld.start

  private func drain(_ target: CordonTarget, holder: String = "ops1", service: ServiceKey? = nil) -> Cordon {
    Cordon(
      kind: .drain, target: target, service: service, reason: "rack power", holder: holder, created: start,
      expires: start + .seconds(3_600))
  }

  private func published(rules: SafetyRules = .all) async throws -> Driver {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core(rules: rules)
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    return driver
  }

  private func give(_ cordon: Cordon, _ driver: inout Driver) async {
    let name = CordonObject.name(of: cordon.target, service: cordon.service)
    driver.core.receive(.cordons(.set(name, CordonRecord(cordon: cordon))), at: start)
    await driver.run()
  }

  @Test("One order among several is the order itself; several add up, and so do the rules")
  func together() async throws {
    var driver = try await published()
    let (a, b) = (drain(.zone("us-central1-a")), drain(.zone("us-central1-b")))
    let one = driver.core.preview(.placing([a]), at: start)
    #expect(one.objections.isEmpty && one.shards == 1)
    #expect(one.capacity.first { $0.level == .global }.map { [$0.remaining, $0.total] } == [12, 15])
    let both = driver.core.preview(.placing([a, b]), at: start)
    #expect(both.shards == 2)
    // Each alone is within the limit on removals, both together are not.
    #expect(driver.core.preview(.placing([b]), at: start).objections.isEmpty)
    #expect(both.objections.map(\.rule) == [.massChange])
    let names = both.plans.flatMap(\.changes).map(\.name.text)
    #expect(names.contains { $0.contains("us-central1-a") } && names.contains { $0.contains("us-central1-b") })
    #expect(both.capacity.first { $0.level == .global }?.remaining == 9)
    #expect(driver.core.preview(.placing([a]), at: start).planHash == one.planHash)
    #expect(both.planHash != one.planHash)
  }

  @Test("A preview changes nothing")
  func pure() async throws {
    var driver = try await published()
    let before = driver.core.snapshot(provider: "embedded", environment: nil, mode: .lead, at: start)
    _ = driver.core.preview(.placing([drain(.region("us-central1")), drain(.region("asia-east1"))]), at: start)
    #expect(driver.core.snapshot(provider: "embedded", environment: nil, mode: .lead, at: start) == before)
    #expect(driver.core.nextAction(in: .lead, at: start) == nil)
  }

  @Test("The end of an order shows what it brings back, and what stays out and why")
  func lifting() async throws {
    var driver = try await published()
    let order = drain(.zone("us-central1-b"))
    await give(order, &driver)
    let back = driver.core.preview(.lifting([order]), at: start)
    let zone = try #require(back.plans.first?.changes.last { $0.name.text.contains("us-central1-b") })
    #expect(zone.after?.values == ["104.197.244.180"])
    #expect(back.returns.map(\.cluster) == ["us-central1-b"] && back.returns[0].why == nil)
    #expect(back.cachesEndAfter == .seconds(180))
    #expect(back.capacity.first { $0.level == .global }?.judgement == .fits)

    driver.core.receive(SeedWorld.scale("us-central1-b", to: 0), at: start)
    await driver.run()
    #expect(driver.core.preview(.lifting([order]), at: start).returns[0].why == "no ready endpoints")
    driver.core.receive(SeedWorld.scale("us-central1-b", to: 3), at: start)
    await give(drain(.region("us-central1"), holder: "ops2"), &driver)
    #expect(driver.core.preview(.lifting([order]), at: start).returns[0].why == "another order still keeps it out")
  }

  @Test("A shard that flaps is shown to wait, and is not counted as what stays")
  func damped() async throws {
    var driver = try await published()
    let order = drain(.zone("us-central1-b"))
    await give(order, &driver)
    // Failures while it is out count as those of any shard.
    await give(
      Cordon(
        kind: .cordon, target: order.target, service: nil, reason: "x", holder: "ops1", created: start,
        expires: start + .seconds(3_600)), &driver)
    for step in 0..<12 {
      let time = start + .seconds(Int64(step))
      driver.core.receive(SeedWorld.scale("us-central1-b", to: step.isMultiple(of: 2) ? 0 : 3), at: time)
      await driver.run(at: time)
    }
    let back = driver.core.preview(.lifting([order]), at: start + .seconds(12))
    #expect(back.returns.first?.why?.hasPrefix("damped: ") == true)
    #expect(back.plans.flatMap(\.changes).isEmpty)
  }

  @Test("A drain of another zone of the same region is said to stand nearby")
  func nearby() async throws {
    var driver = try await published()
    await give(drain(.zone("us-central1-c"), holder: "ops2"), &driver)
    #expect(driver.core.preview(.placing([drain(.zone("us-central1-b"))]), at: start).nearby.map(\.holder) == ["ops2"])
    #expect(driver.core.preview(.placing([drain(.cluster("us-central1-a"))]), at: start).nearby.count == 1)
    #expect(driver.core.preview(.placing([drain(.zone("asia-east1-a"))]), at: start).nearby.isEmpty)
    // The same scope is the order itself, and one of another service is nobody's business here.
    #expect(driver.core.preview(.placing([drain(.zone("us-central1-c"))]), at: start).nearby.isEmpty)
    let other = drain(.zone("us-central1-a"), holder: "ops3", service: ServiceKey(namespace: "shop", name: "cart"))
    await give(other, &driver)
    let own = drain(.zone("us-central1-b"), service: SeedWorld.service)
    #expect(driver.core.preview(.placing([own]), at: start).nearby.map(\.holder) == ["ops2"])
    #expect(driver.core.preview(.placing([own]), at: start + .seconds(3_600)).nearby.isEmpty)
  }

  @Test("What would keep an order waiting is said: no leader, a frozen zone, a world that is not known")
  func waits() async throws {
    var driver = try await published()
    let order = drain(.zone("us-central1-b"))
    #expect(driver.core.preview(.placing([order]), at: start).waits.isEmpty)
    driver.core.lead(.nobody("the lease cannot be read"), at: start)
    #expect(driver.core.preview(.placing([order]), at: start).waits.map(\.rule) == [.singleWriter])
    driver.core.lead(.vacant, at: start)
    #expect(driver.core.preview(.placing([order]), at: start).waits.map(\.rule) == [.singleWriter])
    driver.core.lead(.other("zonetop-2"), at: start)
    #expect(driver.core.preview(.placing([order]), at: start).waits.isEmpty)

    for (zone, _) in SeedWorld.places.prefix(7) {
      for step in 0..<4 {
        driver.core.receive(
          .cluster(zone, .probe(.unreachable("connection refused"))), at: start + .seconds(Int64(step)))
      }
    }
    #expect(driver.core.preview(.placing([order]), at: start + .seconds(4)).waits.map(\.rule) == [.failStatic])

    var empty = SeedWorld.core()
    #expect(empty.preview(.placing([order]), at: start).waits.map(\.rule) == [.wholeReads])
  }

  @Test("The peak is that of what was recorded, and nothing before that")
  func peak() async throws {
    var driver = try await published()
    let order = OrderChange.placing([drain(.zone("us-central1-b"))])
    #expect(driver.core.preview(order, at: start).capacity.allSatisfy { $0.peak == nil })
    for step in 1...8 { driver.core.tick(at: start + .seconds(Int64(step * 5))) }
    let region = driver.core.preview(order, at: start + .seconds(40)).capacity.first {
      $0.level == .region("us-central1")
    }
    #expect(region?.peak?.ready == 9 && region?.remaining == 6 && region?.judgement == .tight)
  }

  @Test("The report says the same as the card: chains, capacity, caches, neighbours, rules")
  func report() async throws {
    var driver = try await published(rules: .all.without(.massChange))
    await give(drain(.zone("us-central1-c"), holder: "ops2"), &driver)
    driver.core.lead(.vacant, at: start)
    let lines = PreviewReport(driver.core.preview(.placing([drain(.zone("us-central1-b"))]), at: start)).lines
    let base = "nginx.mynamespace.myfederation.svc"
    #expect(
      lines.contains {
        $0.hasPrefix("\(base).us-central1-b.example.com")
          && $0.hasSuffix("CNAME \(base).us-central1.example.com -> A 104.197.247.191")
      })
    #expect(
      lines.contains { $0.contains("us-central1-f") && $0.hasSuffix("same name, A 104.197.247.191 instead of A x2") })
    #expect(lines.contains { $0.contains("region us-central1 ") && $0.contains("3 of 6 ") && $0.contains("UNKNOWN") })
    #expect(lines.contains { $0.hasPrefix("caches    the last cached answer ends 3m00s after") })
    #expect(lines.contains { $0.hasPrefix("nearby    drain of zone/us-central1-c by ops2 until") })
    #expect(lines.contains { $0.hasPrefix("waits     single-writer: nobody leads") })
    let supposed = Cordon.supposed(.zone("us-central1-b"), service: nil, holder: "ops1", at: start)
    let whatIf = PreviewReport(driver.core.preview(.placing([supposed, supposed]), at: start))
    #expect(whatIf.lines.first == "what if: drain zone/us-central1-b")
    #expect(whatIf.json["targets"] == ["zone/us-central1-b", "zone/us-central1-b"])
    #expect(whatIf.json["planHash"] == .string(whatIf.preview.planHash))
  }
}
