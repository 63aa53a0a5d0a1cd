import DNS
import Federation
import NameServer
import Synchronization
import Testing

@testable import DNSProviders

/// Reads of a zone at zonetop's own name server, which keeps no history.
@Suite struct UnchangedZoneReadTests {
  @Test func anUnchangedSerialCausesNoTransfer() async throws {
    let server = try await NameServer.start(
      zone: AuthoritativeZone(apex: DomainName(canonical: "example.com")), address: "127.0.0.1", port: 0,
      options: .standard)
    do { try await check(server) } catch {
      await server.shutdown()
      throw error
    }
    await server.shutdown()
  }

  private func check(_ server: NameServer) async throws {
    let wall = WallClock()
    let provider = RFC2136Provider(
      zone: DomainName(canonical: "example.com"), federation: TestService.federation,
      servers: [try #require(ServerAddress("127.0.0.1:\(server.port)"))], key: nil,
      client: DNSClient(timing: .standard) { wall.now })
    let service = try TestService("unchanged")
    let first = try await provider.readZone()
    for _ in 0..<3 { #expect(try await provider.readZone().version == first.version) }
    #expect(first.version != nil)
    #expect(await provider.copies.tally == ZoneCopies.Tally(whole: 1, changed: 0, unchanged: 3))
    let set = try HeldRecordSet(service.set(nil, .a, "192.0.2.1"))
    try server.store.change { (zone) throws(ProviderError) in try zone.replace([], with: [set]) }
    let second = try await provider.readZone()
    #expect(second.recordSets == [RecordSet(set)])
    #expect(second.version != nil && second.version != first.version)
    #expect(await provider.copies.tally.whole == 2)
    // A serial is believed for five minutes; the whole read after them is recognized.
    wall.pass(ZoneCopies.trust - .seconds(1))
    #expect(try await provider.readZone().version == second.version)
    #expect(await provider.copies.tally.whole == 2)
    for time in [Duration.seconds(2), .zero - ZoneCopies.trust] {
      wall.pass(time)
      #expect(try await provider.readZone().version == second.version)
    }
    // A clock that was set back tells nothing of how long it has been.
    #expect(await provider.copies.tally.whole == 4)
  }

  private final class WallClock: Sendable {
    private let time = Mutex(Timestamp(seconds: 1_767_225_600))
    var now: Timestamp { time.withLock { $0 } }
    func pass(_ span: Duration) { time.withLock { $0 = $0 + span } }
  }
}
