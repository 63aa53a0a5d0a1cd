import DNS
import DNSProviders
import Federation
import Testing

@Suite(
  .enabled(
    if: BindBed.isAvailable, "there is no named on this machine (apt-get install bind9 bind9-utils bind9-dnsutils)"),
  BindBedTrait())
struct RFC2136ProviderTests {
  @Test(arguments: Behaviour.all) func conformsOnBIND(_ behaviour: Behaviour) async throws {
    let bed = try #require(BindBed.current)
    let zone = DomainName(canonical: "example.com")
    let provider = RFC2136Provider(
      zone: zone, federation: TestService.federation, servers: [bed.address], key: bed.key, client: .standard)
    try await behaviour.check(
      Subject(provider: provider, server: bed.address) { removals, sets in
        let updates =
          removals.map { ResourceRecord.deleteSet($0.name, ResourceType($0.type)) } + sets.flatMap(\.records)
        let update = Message.update(zone: zone, prerequisites: [], updates: updates, id: 0)
        let reply = try await DNSClient.standard.exchange(update, with: bed.address, key: bed.key)
        try #require(reply.message.responseCode == .noError)
      })
  }
}
