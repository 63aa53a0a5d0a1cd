import DNS
import DNSProviders
import Federation
import Foundation
import Synchronization
import HTTPTransport
import NameServer
import Testing

@Suite("Route 53, by its rules")
struct Route53ProviderTests {
  private static let zone = DomainName(canonical: "example.com")

  private func now() -> Timestamp { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9)) }

  private func client(_ port: Int, _ keys: AWSCredentials) throws -> Route53Client {
    Route53Client(
      endpoint: "http://127.0.0.1:\(port)",
      credentials: AWSCredentialSource(now: now) { () throws(ProviderError) in keys },
      api: ProviderAPI(
        transport: try HTTPTransport(), rate: AdaptiveRate(perSecond: 1_000, ceiling: 1_000, burst: 1_000),
        clock: ContinuousClock()), now: now)
  }

  private static let keys = AWSCredentials(accessKey: "AKIASTRICT", secret: "strict/secret+key")

  private func provider(
    _ port: Int, _ keys: AWSCredentials = keys, hostedZone: String = StrictRoute53.zoneID
  ) throws -> Route53Provider {
    Route53Provider(
      zone: Self.zone, hostedZone: hostedZone, federation: TestService.federation, client: try client(port, keys))
  }

  private func with(_ body: (StrictRoute53, FaultyHTTP) async throws -> Void) async throws {
    let fake = try await StrictRoute53()
    let way = try await FaultyHTTP(before: "http://127.0.0.1:\(fake.server.port)")
    do { try await body(fake, way) } catch { Issue.record(error) }
    await way.stop()
    await fake.stop()
  }

  private func refusal<Answer>(_ body: () async throws -> Answer) async -> ProviderError? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? ProviderError
    }
  }

  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await with { fake, way in
      let faults = Subject.Faults(
        loseNextReply: { way.next(.loseReply) { $0.method == "POST" } },
        throttle: { way.next(.answer(StrictRoute53.throttling), times: $0) },
        halveNextRead: { way.next(.halfReply) { $0.method == "GET" } }, areSpent: { way.isSpent })
      try await behaviour.check(
        Subject(
          provider: try provider(way.port), server: try #require(ServerAddress("127.0.0.1:\(fake.names.port)")),
          faults: faults
        ) { fake.edit($0, $1) })
    }
  }

  @Test("What several services wait to commit goes in one ChangeBatch, and each as if it were alone")
  func grouping() async throws {
    try await with { _, way in
      try await Grouping(
        provider: { try self.provider(way.port) }, writes: { way.seen.count { $0.hasPrefix("POST") } },
        forget: { way.forget() }
      ).check()
    }
  }

  @Test("Batches gather no more than a ChangeBatch may hold: 1,000 values of 32,000 characters")
  func gatheredSize() async throws {
    try await with { _, way in
      let services = try (0..<20).map { try TestService("wide\($0)") }
      let provider = try provider(way.port)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for service in services {
          let values = (0..<150).map { "198.51.100.\($0)" }
          let wide = RecordSet(name: service.name(), type: .a, ttl: 180, values: values)
          let batch = service.batch(nil, to: [wide])
          group.addTask { try await provider.commit(batch) }
        }
        try await group.waitForAll()
      }
      // One alone, then six at a time: none was refused for its size and sent again by itself.
      #expect(way.seen.count { $0.hasPrefix("POST") } == 5, "\(way.seen)")
    }
  }

  @Test("10,000 record sets are read in 34 calls, and one change among them is one call")
  func many() async throws {
    try await with { fake, way in
      let services = try (0..<50).map { try TestService("many\($0)") }
      for (index, service) in services.enumerated() {
        fake.edit([], try (0..<199).map { try HeldRecordSet(service.set("zone-\($0)", .a, "198.51.\($0).\(index)")) })
      }
      let provider = try provider(way.port)
      let whole = try await provider.readZone()
      #expect(whole.recordSets.count == 9_950)
      #expect(way.seen.count <= 34)
      way.forget()
      let service = services[7]
      let before = service.set("zone-3", .a, "198.51.3.7")
      try await provider.commit(service.batch(nil, from: [before], to: [service.alias("zone-3", to: nil)]))
      #expect(way.seen.count == 1)
    }
  }

  @Test("A wrong secret, an unknown key, an expired token and a missing right are one clear line each")
  func credentials() async throws {
    try await with { fake, way in
      fake.state.withLock { state in
        state.users["AKIAREADER"] = .init(
          name: "reader", secret: "reader/secret", actions: ["ListResourceRecordSets"])
        state.users["ASIAOLD"] = .init(
          name: "old", secret: "old/secret", token: "session/token", actions: StrictRoute53.everything, isExpired: true)
      }
      let service = try TestService("denied")
      let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
      for (keys, word) in [
        (AWSCredentials(accessKey: "AKIASTRICT", secret: "wrong/secret"), "SignatureDoesNotMatch"),
        (AWSCredentials(accessKey: "AKIANOBODY", secret: "nobody/secret"), "InvalidClientTokenId"),
        (AWSCredentials(accessKey: "ASIAOLD", secret: "old/secret", token: "session/token"), "ExpiredToken"),
        (AWSCredentials(accessKey: "AKIAREADER", secret: "reader/secret"), "allow route53:ChangeResourceRecordSets"),
      ] {
        let error = try #require(await refusal { try await provider(way.port, keys).commit(batch) })
        #expect(error.code == .unauthorized)
        #expect(error.description.contains(word), "\(error)")
        #expect(!error.description.contains("\n") && !error.description.contains("secret/"))
        for secret in [keys.secret, keys.token ?? keys.secret] {
          #expect(!error.description.contains(secret) && !"\(keys)".contains(secret))
          #expect(!String(reflecting: keys).contains(secret))
        }
      }
      #expect(try await provider(way.port).read(service.key, names: [service.name()]) == ZoneContents(recordSets: []))
      let elsewhere = await refusal { try await provider(way.port, hostedZone: "ZNOWHERE").readZone() }
      #expect(elsewhere?.code == .refused)
      #expect(elsewhere?.description.contains("dns.route53.hostedZone") == true)
    }
  }

  @Test("Aliases and routed sets are obstacles that say what they are, and stay")
  func special() async throws {
    try await with { fake, way in
      let service = try TestService("special")
      fake.state.withLock { state in
        state.sets[.init(name: service.name("z1"), type: "A")] = .init(
          values: [], alias: "lb-1.eu-west-1.elb.amazonaws.com.")
        for (index, id) in ["blue", "green"].enumerated() {
          state.sets[.init(name: service.name("z2"), type: "A", identifier: id)] = .init(
            ttl: 60, values: ["203.0.113.\(index)"], weight: 10)
        }
      }
      let provider = try provider(way.port)
      let contents = try await provider.read(service.key, names: [service.name("z1"), service.name("z2")])
      #expect(
        contents.recordSets.map(\.values) == [
          ["alias of lb-1.eu-west-1.elb.amazonaws.com."], ["routed blue: 203.0.113.0", "routed green: 203.0.113.1"],
        ] || contents.recordSets.count == 2)
      for place in ["z1", "z2"] {
        for set in [service.set(place, .a, "192.0.2.1"), service.alias(place, to: nil)] {
          #expect(await refusal { try await provider.commit(service.batch(nil, to: [set])) }?.code == .fenced)
        }
      }
      #expect(fake.state.withLock { $0.sets.count } == 5)
    }
  }

  @Test("Another TTL than the plan saw fences nothing off; other values do")
  func otherTTL() async throws {
    try await with { fake, way in
      let service = try TestService("ttl")
      let ours = service.set(nil, .a, "192.0.2.1")
      let batch = service.batch(nil, to: [ours])
      let provider = try provider(way.port)
      try await provider.commit(batch)
      fake.edit([], [try HeldRecordSet(service.set(nil, .a, "192.0.2.1", ttl: 30))])
      let after = service.set(nil, .a, "192.0.2.2")
      try await provider.commit(service.batch(batch.next, from: [ours], to: [after]))
      #expect(try await provider.read(service.key, names: [service.name()]).recordSets == [after])
    }
  }

  @Test("A batch of more than a thousand values is refused before it is sent")
  func tooMany() async throws {
    try await with { _, way in
      let service = try TestService("huge")
      let batch = service.batch(nil, to: (0..<1_001).map { service.set("zone-\($0)", .a, "192.0.2.1") })
      let error = await refusal { try await provider(way.port).commit(batch) }
      #expect(error?.code == .refused)
      #expect(error?.description.contains("1000") == true)
      #expect(way.seen.isEmpty)
    }
  }

  @Test("A request that another one is not through with waits, and is done")
  func priorRequest() async throws {
    try await with { _, way in
      way.next(.answer(StrictRoute53.error(400, "PriorRequestNotComplete", "still being processed")), times: 2)
      let service = try TestService("prior")
      try await provider(way.port).commit(service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")]))
      #expect(way.isSpent)
      #expect(way.seen.count == 3)
    }
  }

  @Test("The hosted zone is found by the domain; several of one name are refused with their ids")
  func discovery() async throws {
    try await with { fake, way in
      let zones = HostedZones(client: try client(way.port, Self.keys))
      let found = try await zones.find(DomainName(canonical: "a.b.example.com"))
      #expect(found.id == StrictRoute53.zoneID)
      #expect(found.zone == Self.zone)
      #expect(found.nameServers.map(\.text) == ["ns-1.awsdns-01.com", "ns-2.awsdns-02.org"])
      fake.state.withLock { $0.zones += [("ZTWIN", "example.com.", false), ("ZPRIVATE", "b.example.com.", true)] }
      let twins = await refusal { try await zones.find(DomainName(canonical: "a.b.example.com")) }
      #expect(twins?.code == .refused)
      #expect(twins?.description.contains("ZTWIN") == true)
      #expect(await refusal { try await zones.find(DomainName(canonical: "example.net")) }?.code == .refused)
      let made = try await zones.create(DomainName(canonical: "example.net"), reference: "once")
      #expect(try await zones.find(DomainName(canonical: "www.example.net")).id == made.id)
    }
  }

  @Test("Quotas are asked for; who may not ask is told the permission, and nine tenths are nearly all")
  func limits() async throws {
    try await with { fake, way in
      fake.state.withLock { state in
        for number in 0..<7 {
          state.sets[.init(name: DomainName(canonical: "n\(number).example.com"), type: "A")] = .init(
            ttl: 60, values: ["192.0.2.1"])
        }
        state.mostSets = 10
      }
      let zones = HostedZones(client: try client(way.port, Self.keys))
      #expect(try await zones.recordSets(of: StrictRoute53.zoneID) == .init(count: 9, most: 10))
      #expect(try await zones.hostedZones() == .init(count: 1, most: 500))
      #expect(!HostedZones.Usage(count: 9_000, most: 10_000).isNearlyFull)
      #expect(HostedZones.Usage(count: 9_001, most: 10_000).isNearlyFull)
      fake.state.withLock { _ = $0.users["AKIASTRICT"]?.actions.remove("GetHostedZoneLimit") }
      let error = await refusal { try await zones.recordSets(of: StrictRoute53.zoneID) }
      #expect(error?.code == .unauthorized)
      #expect(error?.description.contains("allow route53:GetHostedZoneLimit") == true)
      #expect(try await zones.hostedZones().most == 500)
    }
  }
}
