import DNS
import DNSProviders
import Federation
import NameServer
import Synchronization
import Testing

@Suite struct ReadBackTests {
  /// Zones by server; after so many questions a server takes the batch that is on its way to it.
  private final class Zones: Querying {
    private struct Server {
      var zone: AuthoritativeZone
      var pending: Batch?
      var questionsLeft: Int
      var isDead = false
    }

    private let servers: Mutex<[ServerAddress: Server]>

    init(_ zone: AuthoritativeZone, _ batch: Batch, after questions: [ServerAddress: Int?]) {
      servers = Mutex(
        questions.mapValues { Server(zone: zone, pending: batch, questionsLeft: $0 ?? .max, isDead: $0 == nil) })
    }

    func query(
      _ question: Question, at address: ServerAddress, flags: MessageFlags
    ) async throws(DNSError) -> DNSReply {
      let answer = servers.withLock { servers -> ZoneAnswer? in
        guard var server = servers[address], !server.isDead else { return nil }
        if server.questionsLeft == 0, let batch = server.pending {
          try? server.zone.commit(batch)
          server.pending = nil
        }
        server.questionsLeft -= 1
        servers[address] = server
        return server.zone.answer(question.name, question.type)
      }
      guard let answer else { throw DNSError(.timedOut, "\(address) did not answer") }
      var message = Message.query(question, id: 1, flags: [], edns: nil).reply(.noError, flags: .authoritative)
      if answer.outcome == .noSuchName { message.responseCode = .nameError }
      message.answers = answer.records
      return DNSReply(message: message, server: address, transport: .udp, latency: .zero)
    }
  }

  private func setUp() throws -> (AuthoritativeZone, Batch) {
    let service = try TestService("nginx")
    var zone = AuthoritativeZone(apex: DomainName(canonical: "example.com"))
    let before = [
      service.set("z1", .a, "192.0.2.1"), service.set("r1", .a, "192.0.2.1"), service.set("z2", .a, "192.0.2.3"),
    ]
    let create = service.batch(nil, to: before)
    try zone.commit(create)
    return (
      zone,
      service.batch(create.next, from: before, to: [service.alias("z1", to: "r1"), service.set("r1", .a, "192.0.2.2")])
    )
  }

  private func servers(_ count: Int) throws -> [ServerAddress] {
    try (1...count).map { try #require(ServerAddress("192.0.2.\($0)")) }
  }

  @Test func waitsUntilEveryServerServesTheCommit() async throws {
    let (zone, batch) = try setUp()
    let servers = try servers(3)
    let clock = ManualClock()
    let zones = Zones(zone, batch, after: [servers[0]: 0, servers[1]: 3, servers[2]: 9])
    let result = await ReadBack(servers: servers, questions: zones, clock: clock, schedule: .standard).confirm(batch)
    #expect(result == ReadBackResult(serving: servers, behind: []))
    #expect(result.isComplete)
    #expect(clock.now.offset > .zero, "it had to wait")
    #expect(clock.now.offset < .seconds(30))
  }

  @Test func saysWhichServersAreBehindAndWhatTheySay() async throws {
    let (zone, batch) = try setUp()
    let servers = try servers(3)
    let clock = ManualClock()
    let zones = Zones(zone, batch, after: [servers[0]: 0, servers[1]: nil as Int?, servers[2]: 1_000_000])
    let result = await ReadBack(servers: servers, questions: zones, clock: clock, schedule: .standard).confirm(batch)
    #expect(result.serving == [servers[0]])
    #expect(result.behind.map(\.server) == [servers[1], servers[2]])
    #expect(result.behind.first?.reason == "192.0.2.2:53 did not answer")
    #expect(result.behind.last?.reason.contains("is still 192.0.2.") == true)
    #expect(clock.now.offset <= .seconds(61), "each server's waits are bounded")
  }

  @Test func aBatchWithoutChangesIsReadBackByItsMark() async throws {
    let service = try TestService("marked")
    let batch = service.batch(
      nil, to: [service.set(nil, .a, "192.0.2.1")])
    var only = batch
    only.changes = []
    let servers = try servers(1)
    let zones = Zones(
      AuthoritativeZone(apex: DomainName(canonical: "example.com")), only, after: [servers[0]: 1])
    let result = await ReadBack(
      servers: servers, questions: zones, clock: ManualClock(), schedule: .standard
    ).confirm(only)
    #expect(result.isComplete)
  }

  @Test func findsTheServersOfAZoneOrSaysWhatIsMissing() async throws {
    let servers = try servers(1)
    var zone = AuthoritativeZone(apex: DomainName(canonical: "example.com"))
    let nothing = try TestService("nothing").batch(nil, to: [])
    let apex = zone.apex
    let bare = Zones(zone, nothing, after: [servers[0]: 1_000])
    let error = await #expect(throws: ProviderError.self) {
      try await AuthoritativeServers.find(for: apex, asking: servers, questions: bare)
    }
    #expect(error?.description.contains("no address of the name server ns.example.com") == true)
    let glue = RecordSet(
      name: DomainName(canonical: "ns.example.com"), type: .a, ttl: 5, values: ["192.0.2.53", "192.0.2.52"])
    try zone.replace([], with: [try HeldRecordSet(glue)])
    let found = try await AuthoritativeServers.find(
      for: apex, asking: servers, questions: Zones(zone, nothing, after: [servers[0]: 1_000]))
    #expect(found.map(\.description) == ["192.0.2.52:53", "192.0.2.53:53"])
  }
}
