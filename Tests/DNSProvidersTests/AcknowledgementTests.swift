import DNS
import DNSProviders
import Federation
import Foundation
import HTTPTransport
import NameServer
import Synchronization
import Testing

/// What a provider says of its own changes is told, and what the name servers answer is what counts.
@Suite("What providers acknowledge")
struct AcknowledgementTests {
  private func client(_ port: Int) throws -> Route53Client {
    let now = { @Sendable in Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9)) }
    return Route53Client(
      endpoint: "http://127.0.0.1:\(port)",
      credentials: AWSCredentialSource(now: now) { () throws(ProviderError) in
        AWSCredentials(accessKey: "AKIASTRICT", secret: "strict/secret+key")
      },
      api: ProviderAPI(
        transport: try HTTPTransport(), rate: AdaptiveRate(perSecond: 1_000, ceiling: 1_000, burst: 1_000),
        clock: ContinuousClock()), now: now)
  }

  private func amazon(_ fake: StrictRoute53) throws -> Route53Provider {
    Route53Provider(
      zone: DomainName(canonical: "example.com"), hostedZone: StrictRoute53.zoneID, federation: TestService.federation,
      client: try client(fake.server.port))
  }

  /// Whether a name server serves a batch.
  private func readBack(_ batch: Batch, at port: Int) async throws -> ReadBackResult {
    let server = try #require(ServerAddress("127.0.0.1:\(port)"))
    return await ReadBack(
      servers: [server], questions: DNSClient.standard, clock: ContinuousClock(),
      schedule: ReadBackSchedule(firstPause: .milliseconds(1), longestPause: .milliseconds(1), limit: .zero)
    ).confirm(batch)
  }

  @Test("Route 53 says PENDING and then INSYNC, and a server that answers the old values is behind all the same")
  func route53() async throws {
    let fake = try await StrictRoute53()
    let provider = try amazon(fake)
    let service = try TestService("acked")
    let old = service.set(nil, .a, "192.0.2.1")
    let first = service.batch(nil, to: [old])
    try await provider.commit(first)
    fake.state.withLock { $0.isHeldBack = true }
    let second = service.batch(first.next, from: [old], to: [service.set(nil, .a, "192.0.2.2")])
    let change = try #require(try await provider.commit(second))
    #expect(try await provider.acknowledgement(of: change) == .route53Pending)
    #expect(try await provider.acknowledgement(of: change) == .route53Pending)
    #expect(try await provider.acknowledgement(of: change) == .inSync)
    let early = try await readBack(second, at: fake.names.port)
    #expect(early.serving.isEmpty && early.behind.count == 1)
    fake.settle()
    let late = try await readBack(second, at: fake.names.port)
    #expect(late.serving.count == 1 && late.behind.isEmpty)
    #expect(try await provider.acknowledgement(of: "CFORGOTTEN") == nil)
    await fake.stop()
  }

  @Test("A commit asks Route 53 for nothing besides itself, and who may not ask is told the permission")
  func costs() async throws {
    let fake = try await StrictRoute53()
    let provider = try amazon(fake)
    let service = try TestService("cost")
    let change = try #require(try await provider.commit(service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])))
    #expect(fake.state.withLock { $0.calls.count } == 1)
    fake.state.withLock { _ = $0.users["AKIASTRICT"]?.actions.remove("GetChange") }
    do throws(ProviderError) {
      _ = try await provider.acknowledgement(of: change)
      Issue.record("it was told")
    } catch {
      #expect(error.code == .unauthorized)
      #expect(error.description.contains("allow route53:GetChange"), "\(error)")
    }
    await fake.stop()
  }

  @Test("Cloud DNS says pending and then done, and a server that answers the old values is behind all the same")
  func cloudDNS() async throws {
    try await CloudDNSBed.run { bed in
      let provider = try bed.provider()
      let service = try TestService("acked")
      let old = service.set(nil, .a, "192.0.2.1")
      let first = service.batch(nil, to: [old])
      try await provider.commit(first)
      bed.cloud.change { $0.isServedLate = true }
      let second = service.batch(first.next, from: [old], to: [service.set(nil, .a, "192.0.2.2")])
      let change = try #require(try await provider.commit(second))
      #expect(try await provider.acknowledgement(of: change) == .pending)
      #expect(try await provider.acknowledgement(of: change) == .pending)
      #expect(try await provider.acknowledgement(of: change) == .done)
      let early = try await readBack(second, at: bed.cloud.names.port)
      #expect(early.serving.isEmpty && early.behind.count == 1)
      try bed.cloud.serve()
      let late = try await readBack(second, at: bed.cloud.names.port)
      #expect(late.serving.count == 1 && late.behind.isEmpty)
    }
  }
}
