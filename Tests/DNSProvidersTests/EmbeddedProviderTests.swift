import DNS
import DNSProviders
import Federation
import NameServer
import Testing

@Suite struct EmbeddedProviderTests {
  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    let server = try await NameServer.start(
      zone: AuthoritativeZone(apex: DomainName(canonical: "example.com")), address: "127.0.0.1", port: 0,
      options: .standard)
    let store = server.store
    let subject = Subject(
      provider: EmbeddedProvider(store, federation: TestService.federation),
      server: try #require(ServerAddress("127.0.0.1:\(server.port)"))
    ) { removals, sets in
      try store.change { (zone) throws(ProviderError) in try zone.replace(removals, with: sets) }
    }
    do { try await behaviour.check(subject) } catch {
      await server.shutdown()
      throw error
    }
    await server.shutdown()
  }
}
