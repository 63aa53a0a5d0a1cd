import Control
import Federation
import JSON
import Testing

@Suite("Orders: phases, expiry, one at a time")
struct OrderTests {
  private let start = SeedWorld.start
  private let name = "zone.us-central1-b"

  private func cordon(_ kind: Cordon.Kind = .drain, holder: String = "ops1", seconds: Int64 = 3_600) -> Cordon {
    Cordon(
      kind: kind, target: .zone("us-central1-b"), service: nil, reason: "rack power", holder: holder,
      created: start, expires: start + .seconds(seconds))
  }

  private func status(_ core: ControlCore, at time: Timestamp) -> CordonStatus? { core.orderStatuses(at: time)[name] }

  @Test("A drain goes through pending, committed, served and drained, each with its reason")
  func phases() async throws {
    var driver = try await Driver.settled()
    driver.core.receive(.cordons(.set(name, CordonRecord(cordon: cordon(), generation: 1))), at: start)
    #expect(status(driver.core, at: start)?.phase == .pending)
    await driver.run()
    #expect(status(driver.core, at: start)?.phase == .committed)
    driver.core.receive(
      .servers(SeedWorld.service, generation: 2, ServerCount(agreeing: 2, asked: 2)), at: start + .seconds(1))
    let served = try #require(status(driver.core, at: start + .seconds(2)))
    #expect(served.phase == .served && served.drain?.cachesEnd == start + .seconds(181))
    #expect(status(driver.core, at: start + .seconds(180))?.phase == .served)
    #expect(status(driver.core, at: start + .seconds(181))?.phase == .drained)

    // What is written into the object is what another process reads from it, and only for the order it is about.
    var object = CordonObject.encode(CordonRecord(cordon: cordon()))
    object["metadata"]?["generation"] = 1
    object["status"] = CordonObject.encode(served, generation: 1, at: start)["status"]
    #expect(CordonObject.decode(object)?.record.status == served)
    object["metadata"]?["generation"] = 2
    #expect(CordonObject.decode(object)?.record.status == nil)

    // A controller that starts later goes on from there instead of from nothing.
    var second = SeedWorld.core(identity: "test/2")
    try await SeedWorld.fill(&second, from: driver.store)
    var record = CordonRecord(cordon: cordon(), generation: 1)
    record.status = served
    second.receive(.cordons(.set(name, record)), at: start)
    var other = Driver(second, driver.store)
    await other.run()
    #expect(status(other.core, at: start + .seconds(3))?.phase == .served)
    #expect(status(other.core, at: start + .seconds(181))?.phase == .drained)
  }

  @Test("A drain that a rule stops is held, by the rule's name")
  func held() async throws {
    var driver = try await Driver.settled()
    var order = cordon()
    order.target = .region("us-central1")
    driver.core.receive(.cordons(.set("region.us-central1", CordonRecord(cordon: order))), at: start)
    await driver.run()
    let status = try #require(driver.core.orderStatuses(at: start)["region.us-central1"])
    #expect(status.phase == .held && status.message.hasPrefix("mass-change: "))
  }

  @Test("Somebody else's standing drain of the same scope refuses a second, naming who and why; one's own is renewed")
  func oneAtATime() async throws {
    var driver = try await Driver.settled()
    driver.core.receive(.cordons(.set(name, CordonRecord(cordon: cordon()))), at: start)
    await driver.run()
    let objection = try #require(driver.core.preview(.placing([cordon(holder: "ops2")]), at: start).objections.first)
    #expect(objection.rule == .oneDrain && objection.why.contains("ops1") && objection.why.contains("rack power"))
    #expect(driver.core.preview(.placing([cordon(holder: "ops1")]), at: start).objections.isEmpty)
    let later = start + .seconds(3_601)
    #expect(driver.core.preview(.placing([cordon(holder: "ops2", seconds: 9_000)]), at: later).objections.isEmpty)

    let store = SeedWorld.emptyZone()
    var free = ControlCore(
      federation: SeedWorld.federation, limits: .default, identity: "test/3", members: [],
      rules: .all.without(.oneDrain), at: start)
    free.receive(.services(.replaced([SeedWorld.service: ServiceDeclaration()])), at: start)
    free.receive(.cordons(.replaced([name: CordonRecord(cordon: cordon())])), at: start)
    #expect(free.preview(.placing([cordon(holder: "ops2")]), at: start).objections.isEmpty)
    _ = store
  }

  @Test("An order says that it ends before it does, and its end returns only what is healthy")
  func expiry() async throws {
    var driver = try await Driver.settled()
    driver.core.receive(.cordons(.set(name, CordonRecord(cordon: cordon(seconds: 600)))), at: start)
    await driver.run()
    driver.core.tick(at: start + .seconds(500))
    #expect(status(driver.core, at: start + .seconds(500))?.isExpiring == false)
    #expect(!driver.core.log.events.contains { $0.message.contains("give it again") })
    for second in [540, 541, 542] { driver.core.tick(at: start + .seconds(Int64(second))) }
    #expect(status(driver.core, at: start + .seconds(540))?.isExpiring == true)
    #expect(driver.core.log.events.filter { $0.message.contains("give it again") }.count == 1)
    // Meanwhile the shard has failed: the end of the order does not bring it back.
    driver.core.receive(SeedWorld.scale("us-central1-b", to: 0), at: start + .seconds(550))
    let end = start + .seconds(601)
    driver.core.tick(at: end)
    await driver.run(at: end)
    let told = try #require(status(driver.core, at: end))
    #expect(told.phase == .expired && told.message.contains("kept out: us-central1-b/mynamespace/nginx"))
    #expect(driver.core.log.events.contains { $0.kind == .uncordon && $0.message == told.message })
    let names = try await driver.resolved()
    #expect(names["nginx.mynamespace.myfederation.svc.us-central1-b.example.com"]?.contains("104.197.244.180") == false)
    driver.core.receive(SeedWorld.scale("us-central1-b", to: 3), at: end)
    await driver.run(at: end)
    #expect(
      try await driver.resolved()["nginx.mynamespace.myfederation.svc.us-central1-b.example.com"] == ["104.197.244.180"]
    )
    #expect(driver.core.forgottenOrders(at: end).isEmpty)
    #expect(driver.core.forgottenOrders(at: start + .seconds(600 + 24 * 3_600)) == [name])
  }

  @Test("An object written by hand cannot stand longer than three days")
  func longest() throws {
    var object = CordonObject.encode(CordonRecord(cordon: cordon()))
    object["spec"]?["expires"] = .string("\(start + .seconds(30 * 24 * 3_600))")
    let decoded = try #require(CordonObject.decode(object))
    #expect(decoded.record.cordon.expires == start + CordonObject.longest)
  }
}
