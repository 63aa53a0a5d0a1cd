import DNSProviders
import Federation
import HTTPTransport

/// Providers for the etcd beds.
enum CoreDNSBed {
  /// A provider of the zone example.com that never waits.
  static func provider(
    _ endpoints: [String], prefix: String = "/skydns", credentials: EtcdCredentials? = nil,
    tls: TLSSettings = TLSSettings()
  ) throws -> CoreDNSProvider {
    CoreDNSProvider(
      zone: DomainName(canonical: "example.com"), federation: TestService.federation, endpoints: endpoints,
      prefix: prefix, credentials: credentials, tls: tls,
      api: ProviderAPI(
        transport: try HTTPTransport(), rate: AdaptiveRate(perSecond: 5_000, ceiling: 5_000, burst: 500),
        clock: ManualClock()))
  }

  /// The error that something must end in.
  static func refusal<Answer>(_ body: () async throws -> Answer) async -> ProviderError? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? ProviderError
    }
  }
}

extension FakeHTTPServer.Request {
  /// Whether a transaction of etcd writes.
  var isWrite: Bool { String(decoding: body, as: UTF8.self).contains("request_put") }
}

extension FakeHTTPServer.Reply {
  /// What etcd's gateway answers when it has too much to do.
  static let tooMany = FakeHTTPServer.Reply.answer(
    status: 429, headers: [("Content-Type", "application/json")],
    body: Array(#"{"error":"etcdserver: too many requests","message":"etcdserver: too many requests","code":8}"#.utf8))
}
