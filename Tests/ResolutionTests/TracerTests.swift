import DNS
import Federation
import Resolution
import Testing

@Suite struct TracerTests {
  private let one: ServerAddress
  private let two: ServerAddress

  init() throws {
    one = try #require(ServerAddress("192.0.2.1"))
    two = try #require(ServerAddress("192.0.2.2:5300"))
  }

  private func trace(_ servers: FakeServers, _ addresses: [ServerAddress], _ name: String = "a") async -> Trace {
    await Tracer(servers: addresses, questions: servers, flags: [], clock: ContinuousClock())
      .trace(DomainName(canonical: name), .a)
  }

  @Test func followsEveryHopAtEveryServer() async {
    let table: [String: FakeServers.Answer] = [
      "a": .cname("b"), "b": .cname("c"), "c": .addresses(["192.0.2.8", "192.0.2.7"]),
    ]
    let servers = FakeServers([one: table, two: table])
    let trace = await trace(servers, [one, two])
    #expect(trace.outcome == .addresses(["192.0.2.7", "192.0.2.8"]))
    #expect(trace.hops.map(\.name.text) == ["a", "b", "c"])
    #expect(trace.hops.allSatisfy { $0.agrees })
    #expect(trace.hops[0].answers.map(\.server) == ["192.0.2.1:53", "192.0.2.2:5300"])
    #expect(
      trace.hops[0].answers.map(\.content) == [.cname(DomainName(canonical: "b")), .cname(DomainName(canonical: "b"))])
    #expect(trace.hops[2].answers[1].ttl == 180)
    #expect(servers.questions.count == 6)
  }

  @Test func endsWhereThereIsNothing() async {
    let servers = FakeServers([one: ["a": .cname("b"), "e": .empty]])
    let missing = await trace(servers, [one])
    #expect(missing.outcome == .missing(DomainName(canonical: "b")))
    #expect(missing.hops.last?.answers.first?.ttl == 5, "min of the SOA's TTL and minimum (RFC 2308)")
    #expect(await trace(servers, [one], "e").outcome == .empty(DomainName(canonical: "e")))
  }

  @Test func endsInLoopsAndLongChains() async {
    let loop = FakeServers([one: ["a": .cname("b"), "b": .cname("c"), "c": .cname("b")]])
    #expect(await trace(loop, [one]).outcome == .loop(DomainName(canonical: "b")))
    #expect(await trace(FakeServers([one: ["a": .cname("a")]]), [one]).outcome == .loop(DomainName(canonical: "a")))
    for (length, isFollowed) in [(11, true), (12, false)] {
      var table: [String: FakeServers.Answer] = ["n\(length)": .addresses(["192.0.2.1"])]
      for index in 0..<length { table["n\(index)"] = .cname("n\(index + 1)") }
      let trace = await trace(FakeServers([one: table]), [one], "n0")
      #expect(trace.outcome == (isFollowed ? .addresses(["192.0.2.1"]) : .tooLong))
    }
  }

  @Test func aServerThatIsDeadIsWaitedForOnce() async {
    let table: [String: FakeServers.Answer] = ["a": .cname("b"), "b": .cname("c"), "c": .addresses(["192.0.2.8"])]
    let servers = FakeServers([one: ["a": .silence, "b": .silence, "c": .silence], two: table])
    let trace = await trace(servers, [one, two])
    #expect(trace.outcome == .addresses(["192.0.2.8"]))
    #expect(servers.questions.filter { $0.hasPrefix("192.0.2.1:") } == ["192.0.2.1:53 a"])
    #expect(trace.hops.allSatisfy { $0.answers.count == 2 })
  }

  @Test func showsWhereServersDiffer() async {
    let servers = FakeServers([
      one: ["a": .code(.refused)], two: ["a": .addresses(["192.0.2.8"])],
    ])
    let trace = await trace(servers, [one, two])
    #expect(trace.outcome == .addresses(["192.0.2.8"]))
    #expect(!trace.hops[0].agrees)
    let failed = await self.trace(FakeServers([one: ["a": .code(.serverFailure)]]), [one])
    #expect(failed.outcome == .failed("no server answered for a: 192.0.2.1:53: SERVFAIL"))
    #expect(await self.trace(servers, []).outcome == .failed("no server to ask for a: name one"))
  }
}
