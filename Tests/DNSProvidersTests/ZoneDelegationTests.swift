import DNS
import DNSProviders
import Federation
import NameServer
import Testing

@Suite("How the world finds a zone")
struct ZoneDelegationTests {
  private let zone = DomainName(canonical: "example.com")
  private let names = ["ns1.example.net", "ns2.example.net"].map(DomainName.init(canonical:))

  private func delegation(
    delegated: [DomainName]?, own: [DomainName]? = nil, provided: [DomainName] = [], negative: UInt32? = 5
  ) -> ZoneDelegation {
    ZoneDelegation(zone: zone, delegated: delegated, own: own ?? names, provided: provided, negativeTTL: negative)
  }

  @Test("What agrees is no finding, in any order and with a parent that cannot be asked")
  func agrees() {
    #expect(delegation(delegated: names.reversed()).findings(ttl: 180).isEmpty)
    #expect(delegation(delegated: nil).findings(ttl: 180).isEmpty)
    #expect(delegation(delegated: names, provided: names).findings(ttl: 180).isEmpty)
    #expect(delegation(delegated: names, negative: 180).findings(ttl: 180).isEmpty)
  }

  @Test("A missing, lame or partial delegation, a zone that says otherwise and long negative answers are findings")
  func differs() {
    let lame = DomainName(canonical: "old.example.org")
    #expect(delegation(delegated: []).findings(ttl: 180).first?.contains("does not delegate") == true)
    #expect(delegation(delegated: names + [lame]).findings(ttl: 180).first?.contains("old.example.org") == true)
    #expect(delegation(delegated: [names[0]]).findings(ttl: 180).first?.contains("ns2.example.net") == true)
    #expect(delegation(delegated: names, provided: [lame]).findings(ttl: 180).count == 2)
    #expect(delegation(delegated: names, negative: 900).findings(ttl: 180).first?.contains("900 s") == true)
  }

  @Test("A zone's servers are asked for its NS records and its negative TTL")
  func asks() async throws {
    let server = try await NameServer.start(
      zone: AuthoritativeZone(apex: zone), address: "127.0.0.1", port: 0, options: .standard)
    let place = try #require(ServerAddress("127.0.0.1:\(server.port)"))
    let found = try await ZoneDelegation.find(
      zone, servers: [place], resolvers: [], questions: DNSClient.standard)
    #expect(found.own.map(\.text) == ["ns.example.com"])
    #expect(found.negativeTTL == 5)
    #expect(found.delegated == nil)
    // The server of the zone above, here the same one, has no delegation of a zone below it.
    let below = try await ZoneDelegation.find(
      DomainName(canonical: "sub.example.com"), servers: [place], resolvers: [place], questions: DNSClient.standard)
    #expect(below.own.isEmpty)
    await server.shutdown()
  }
}
