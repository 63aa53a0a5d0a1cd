import DNS
import DNSProviders
import Federation
import Foundation
import HTTPTransport
import NameServer
import Synchronization
import Testing

/// An alias in a zone at somebody else's service, while the federation's own zone and the mark stand in another.
@Suite("Aliases in other zones, by the rules of the services")
struct OtherZoneAliasTests {
  private static let federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.org"))
  private static let service = ServiceKey(namespace: "ns", name: "web")
  private static let target = DomainName(canonical: "web.ns.myfederation.svc.example.org")
  private static let name = DomainName(canonical: "www.example.com")
  private static let alias = RecordSet(name: name, type: .cname, ttl: 180, values: [target.text])

  @Test func atRoute53() async throws {
    let fake = try await StrictRoute53()
    let now = { @Sendable in Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9)) }
    let client = Route53Client(
      endpoint: "http://127.0.0.1:\(fake.server.port)",
      credentials: AWSCredentialSource(now: now) { () throws(ProviderError) in
        AWSCredentials(accessKey: "AKIASTRICT", secret: "strict/secret+key")
      },
      api: ProviderAPI(
        transport: try HTTPTransport(), rate: AdaptiveRate(perSecond: 1_000, ceiling: 1_000, burst: 1_000),
        clock: ContinuousClock()), now: now)
    var owner = Self.federation
    owner.domain = DomainName(canonical: "example.com")
    try await walk(
      Route53Provider(zone: owner.domain, hostedZone: StrictRoute53.zoneID, federation: owner, client: client)
    ) { fake.edit($0, $1) }
    await fake.stop()
  }

  @Test func atCloudDNS() async throws {
    try await CloudDNSBed.run { bed in try await walk(bed.provider()) { try bed.cloud.edit($0, $1) } }
  }

  private func batch(_ expected: OwnershipMark?, _ changes: [Change], keeping: [RecordSet]) throws -> Batch {
    let next = OwnershipMark(
      federation: Self.federation.name, generation: (expected?.generation ?? 0) + 1, writer: "test/1",
      sets: keeping.map(\.key).sorted())
    return Batch(
      service: Self.service, markName: try OwnershipMark.place(of: Self.service, in: Self.federation),
      expected: expected, next: keeping.isEmpty ? nil : next, changes: changes)
  }

  private func change(_ before: RecordSet?, _ after: RecordSet?) -> Change {
    Change(
      action: before == nil ? .create : after == nil ? .delete : .replace,
      name: (after ?? before)?.name ?? Self.name, before: before, after: after)
  }

  private func code(_ provider: JointProvider, _ batch: Batch) async -> ProviderError.Code? {
    do throws(ProviderError) {
      try await provider.commit(batch)
      return nil
    } catch { return error.code }
  }

  /// An alias comes with its service, changes, withstands a late writer, stays somebody else's once that took it, and goes.
  ///
  /// - Parameter edit: removes and puts sets in the other zone as somebody else would.
  private func walk(
    _ other: any DNSProvider, edit: ([RecordKey], [HeldRecordSet]) throws -> Void
  ) async throws {
    let store = ZoneStore(AuthoritativeZone(apex: Self.federation.domain))
    let provider = JointProvider(
      EmbeddedProvider(store, federation: Self.federation),
      others: [.init(zone: DomainName(canonical: "example.com"), provider: other, names: [Self.name])])
    func held() async throws -> [RecordSet] { try await other.read(Self.service, names: [Self.name]).recordSets }

    let address = RecordSet(name: Self.target, type: .a, ttl: 180, values: ["192.0.2.1"])
    let first = try batch(nil, [change(nil, address), change(nil, Self.alias)], keeping: [address, Self.alias])
    try await provider.commit(first)
    #expect(try await held() == [Self.alias])
    let contents = try await provider.readZone()
    #expect(contents.recordSets.contains(Self.alias) && contents.recordSets.contains(address))
    #expect(contents.marks[first.markName] == first.next)

    let slower = RecordSet(name: Self.name, type: .cname, ttl: 600, values: Self.alias.values)
    let second = try batch(first.next, [change(Self.alias, slower)], keeping: [address, slower])
    try await provider.commit(second)
    #expect(try await held() == [slower])
    // A writer that was paused knows the first generation alone.
    #expect(await code(provider, try batch(first.next, [change(slower, nil)], keeping: [address])) == .fenced)
    #expect(await code(provider, try batch(first.next, [change(slower, Self.alias)], keeping: [address])) == .fenced)
    #expect(try await held() == [slower])

    let theirs = RecordSet(name: Self.name, type: .cname, ttl: 60, values: ["elsewhere.example.net"])
    try edit([slower.key], [try HeldRecordSet(theirs)])
    #expect(await code(provider, try batch(second.next, [change(slower, Self.alias)], keeping: [address])) == .fenced)
    #expect(await code(provider, try batch(second.next, [change(slower, nil)], keeping: [address])) == .fenced)
    #expect(try await held() == [theirs])
    #expect(try await provider.readZone().marks[first.markName] == second.next, "the mark moved before the look")

    try edit([theirs.key], [try HeldRecordSet(slower)])
    try await provider.commit(try batch(second.next, [change(slower, nil), change(address, nil)], keeping: []))
    #expect(try await held().isEmpty)
    #expect(try await provider.readZone() == ZoneContents(recordSets: []))
  }
}
