import DNS
import DNSProviders
import Federation
import Testing

@Suite(.needsBIND, BedTrait("bind"))
struct RFC2136ProviderTests {
  @Test(arguments: Behaviour.all) func conformsOnBIND(_ behaviour: Behaviour) async throws {
    try await behaviour.check(try UpdateBed.current.subject)
  }

  /// A provider for the bed, with whatever is wrong with it.
  private func provider(
    zone: String = "example.com", servers: [ServerAddress]? = nil, key: TransactionKey? = nil
  ) throws -> RFC2136Provider {
    let bed = try UpdateBed.current
    return RFC2136Provider(
      zone: DomainName(canonical: zone), federation: TestService.federation, servers: servers ?? [bed.address],
      key: key ?? bed.key, client: .standard)
  }

  private func refusal<Answer>(_ body: () async throws -> Answer) async -> ProviderError? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? ProviderError
    }
  }

  @Test func aWrongKeyIsOneClearLine() async throws {
    let bed = try UpdateBed.current
    let service = try TestService("wrongkey")
    let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
    let secret = "c2VjcmV0LXRoYXQtaXMtd3Jvbmctc2VjcmV0LXRoYXQtaXMtd3Jvbmc="
    for (name, word) in [("ddns", "BADSIG"), ("nobody", "BADKEY")] {
      let key = try TransactionKey(file: secret, name: DomainName(canonical: name), algorithm: bed.key.algorithm)
      let wrong = try provider(key: key)
      for error in [await refusal { try await wrong.commit(batch) }, await refusal { try await wrong.readZone() }] {
        #expect(error?.code == .unauthorized)
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("\n") == false)
        #expect(error?.description.contains(secret.prefix(8)) == false)
      }
    }
    #expect(try await provider().read(service.key, names: [service.name()]) == ZoneContents(recordSets: []))
  }

  @Test func withoutAKeyOrForAnotherZoneItIsNotAuthorized() async throws {
    let bed = try UpdateBed.current
    let service = try TestService("keyless")
    let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
    let keyless = RFC2136Provider(
      zone: DomainName(canonical: "example.com"), federation: TestService.federation, servers: [bed.address], key: nil,
      client: .standard)
    #expect(await refusal { try await keyless.commit(batch) }?.code == .unauthorized)
    #expect(await refusal { try await keyless.readZone() }?.code == .unauthorized)
    let elsewhere = try provider(zone: "example.org")
    #expect(await refusal { try await elsewhere.readZone() }?.code == .unauthorized)
    #expect(await refusal { try await elsewhere.commit(batch) }?.code == .unauthorized)
  }

  @Test func theNextServerIsTriedWhenOneIsDown() async throws {
    let bed = try UpdateBed.current
    let closed = try #require(ServerAddress("127.0.0.1:1"))
    let service = try TestService("doors")
    let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
    let doors = try provider(servers: [closed, bed.address])
    try await doors.commit(batch)
    #expect(try await doors.read(service.key, names: [service.name()]).marks[service.markName] == batch.next)
    #expect(try await doors.readZone().marks[service.markName] == batch.next)
    let none = await refusal { try await provider(servers: [closed]).readZone() }
    #expect(none?.code == .unreachable)
    #expect(none?.description.contains("127.0.0.1:1") == true)
  }

  @Test func afterALostReplyNoOtherServerIsTried() async throws {
    let bed = try UpdateBed.current
    let deaf = try DeafServer()
    let service = try TestService("deaf")
    let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
    let lossy = try provider(servers: [deaf.address, bed.address])
    let error = await refusal { try await lossy.commit(batch) }
    #expect(error?.code == .unreachable)
    #expect(error?.description.contains("may have been applied") == true)
    #expect(try await provider().read(service.key, names: []).marks.isEmpty)
  }

  @Test func aBatchThatNoMessageHoldsIsRefusedWhole() async throws {
    let service = try TestService("huge")
    let batch = service.batch(nil, to: (0..<2_000).map { service.set("zone-\($0)", .a, "192.0.2.1") })
    let error = await refusal { try await provider().commit(batch) }
    #expect(error?.code == .refused)
    #expect(error?.description.contains("65,535") == true)
  }
}
