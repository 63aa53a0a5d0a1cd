import DNS
import DNSProviders
import Federation
import Foundation
import HTTPTransport
import JSON
import NameServer

/// Cloud DNS with a network before it that can go wrong, a key file for it, and providers that ask it.
struct CloudDNSBed: Sendable {
  let cloud: StrictCloudDNS
  let network: FaultyHTTP
  let time: SteppedTime
  /// A folder of its own, with `key.json`.
  let folder: URL

  /// Runs a test with one, and clears it away.
  static func run(
    at time: SteppedTime = SteppedTime(), _ body: @Sendable (CloudDNSBed) async throws -> Void
  ) async throws {
    let cloud = try await StrictCloudDNS(time: time)
    let network = try await FaultyHTTP(before: cloud.url)
    let folder = FileManager.default.temporaryDirectory.appending(path: "zonetop-cloud-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let bed = CloudDNSBed(cloud: cloud, network: network, time: time, folder: folder)
    let result: Result<Void, any Error>
    do {
      try bed.write(bed.serviceAccount, to: "key.json")
      try await body(bed)
      result = .success(())
    } catch { result = .failure(error) }
    await network.stop()
    await cloud.stop()
    try? FileManager.default.removeItem(at: folder)
    try result.get()
  }

  /// Where the API is asked: through the network that may go wrong.
  var endpoint: String { "http://127.0.0.1:\(network.port)/" }

  var serviceAccount: JSONValue {
    let tokens = cloud.look(\.tokens)
    return [
      "type": "service_account", "project_id": "p1", "private_key_id": .string(tokens.keyID),
      "private_key": .string(PublishedRSAKey.privateKey), "client_email": .string(tokens.account),
      "token_uri": .string(tokens.tokenURL),
    ]
  }

  @discardableResult
  func write(_ json: JSONValue, to file: String) throws -> String {
    let path = folder.appending(path: file).path
    try json.text(.pretty).write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// An API whose waits cost no time.
  func api() throws -> ProviderAPI {
    ProviderAPI(
      transport: try HTTPTransport(), rate: AdaptiveRate(perSecond: 1_000, ceiling: 1_000, burst: 100),
      clock: ManualClock())
  }

  func tokens(_ source: (any GoogleTokenSource)? = nil) throws -> GoogleTokens {
    let time = time
    let source = try source ?? GoogleCredentials.file(folder.appending(path: "key.json").path, api: try api())
    return GoogleTokens(source) { time.now }
  }

  func provider(
    _ source: (any GoogleTokenSource)? = nil, project: String = "p1", managedZone: String = "example-com",
    zone: String = "example.com"
  ) throws -> CloudDNSProvider {
    CloudDNSProvider(
      zone: DomainName(canonical: zone), federation: TestService.federation, project: project,
      managedZone: managedZone, endpoint: endpoint, tokens: try tokens(source), api: try api())
  }

  func subject() throws -> Subject {
    let (cloud, network) = (cloud, network)
    let faults = Subject.Faults(
      loseNextReply: { network.next(.loseReply) { $0.method == "POST" && $0.path.hasSuffix("/changes") } },
      throttle: { count in
        for index in 0..<count {
          let refusal =
            index % 2 == 0
            ? GoogleRefusal(403, "rateLimitExceeded", "Rate Limit Exceeded")
            : GoogleRefusal(429, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'")
          network.next(.answer(refusal.reply))
        }
      },
      halveNextRead: { network.next(.halfReply) { $0.method == "GET" && $0.path.hasSuffix("/rrsets") } },
      areSpent: { network.isSpent })
    return Subject(
      provider: try provider(), faults: faults,
      ask: { question in
        let server = ServerAddress("127.0.0.1:\(cloud.names.port)")
        guard let server else { throw ProviderError(.unreachable, "the name server has no port") }
        return try await DNSClient.standard.query(question, at: server, flags: []).message
      }, edit: { try cloud.edit($0, $1) })
  }
}

/// The error that an operation ends in; nil when it succeeds.
func googleError<Value>(_ body: () async throws -> Value) async -> ProviderError? {
  do {
    _ = try await body()
    return nil
  } catch { return error as? ProviderError }
}
