import DNS
import Federation
import Foundation
import HTTPTransport
import NameServer
import Testing

@testable import DNSProviders

/// The wire format, checked against emulators that others wrote; for behaviour the strict one is the judge.
struct Route53Emulator {
  let client: Route53Client
  let provider: Route53Provider
  let hostedZone: String
  let way: FaultyHTTP

  init(_ bed: Bed) async throws {
    let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9)) }
    way = try await FaultyHTTP(before: "http://127.0.0.1:\(bed["PORT"])")
    let keys = AWSCredentials(
      accessKey: bed["ACCESS_KEY"], secret: try String(contentsOfFile: bed["SECRET_FILE"], encoding: .utf8))
    client = Route53Client(
      endpoint: "http://127.0.0.1:\(way.port)",
      credentials: AWSCredentialSource(now: now) { () throws(ProviderError) in keys },
      api: ProviderAPI(
        transport: try HTTPTransport(), rate: AdaptiveRate(perSecond: 1_000, ceiling: 1_000, burst: 1_000),
        clock: ContinuousClock()), now: now)
    // One for each test: what one leaves behind is no other's.
    let zone = DomainName(canonical: "example.com")
    hostedZone = try await HostedZones(client: client).create(zone, reference: UUID().uuidString).id
    provider = Route53Provider(
      zone: zone, hostedZone: hostedZone, federation: TestService.federation,
      client: client)
  }

  private var path: String { "/2013-04-01/hostedzone/\(hostedZone)/rrset" }

  /// All sets that it lists, whatever it is that stands there.
  private func listed() async throws -> [Route53XML.RecordSet] {
    var sets: [Route53XML.RecordSet] = []
    var query: [(String, String)] = []
    while true {
      let page = try await client.send(
        Route53XML.ListResponse.self, "listing", path: path, query: query + [("maxitems", "300")])
      sets += page.ResourceRecordSets.ResourceRecordSet ?? []
      guard page.IsTruncated, let name = page.NextRecordName, let type = page.NextRecordType else { return sets }
      query = [("name", name), ("type", type)]
    }
  }

  /// Emulators serve no DNS: what they list is answered as a name server would.
  func ask(_ question: Question) async throws -> Message {
    var zone = AuthoritativeZone(apex: DomainName(canonical: "example.com"))
    try zone.replace([], with: try await listed().compactMap(HeldRecordSet.init))
    let server = try await NameServer.start(zone: zone, address: "127.0.0.1", port: 0, options: .standard)
    let place = try #require(ServerAddress("127.0.0.1:\(server.port)"))
    do {
      let message = try await DNSClient.standard.query(question, at: place, flags: []).message
      await server.shutdown()
      return message
    } catch {
      await server.shutdown()
      throw error
    }
  }

  func edit(_ removals: [RecordKey], _ sets: [HeldRecordSet]) async throws {
    let held = try await listed()
    var changes = removals.flatMap { key in
      held.filter { HeldRecordSet($0)?.key == key }.map { Route53XML.Change(Action: "DELETE", ResourceRecordSet: $0) }
    }
    changes += sets.map { Route53XML.Change(Action: "UPSERT", ResourceRecordSet: .init($0)) }
    let request = Route53XML.ChangeRequest(ChangeBatch: .init(Comment: "", Changes: .init(Change: changes)))
    let body = try Route53XML.encode(request, as: "ChangeResourceRecordSetsRequest")
    _ = try await client.send(
      Route53XML.ChangeResponse.self, "editing", method: "POST", path: path + "/", body: body)
  }

  func check(_ behaviour: Behaviour, exceptions: [String: String]) async throws {
    let way = way
    let faults = Subject.Faults(
      loseNextReply: { way.next(.loseReply) { $0.method == "POST" } },
      throttle: { way.next(.answer(StrictRoute53.throttling), times: $0) },
      halveNextRead: { way.next(.halfReply) { $0.method == "GET" } }, areSpent: { way.isSpent })
    var subject = Subject(provider: provider, faults: faults, ask: { try await ask($0) }) { try await edit($0, $1) }
    // Half a minute and more for all of them: 2,000 in every run, 10,000 in the long form.
    if ProcessInfo.processInfo.environment["ZONETOP_SOAK"] == nil { subject.scale = 10 }
    if let reason = exceptions[behaviour.testDescription] {
      await withKnownIssue(Comment(rawValue: reason), isIntermittent: true) { try await behaviour.check(subject) }
    } else {
      try await behaviour.check(subject)
    }
    await way.stop()
  }
}

private let hint: Comment = "the Python tools are not there (make beds)"

@Suite(
  "Route 53 at ministack, which verifies signatures", .enabled(if: Bed.hasPythonTools, hint), BedTrait("ministack"))
struct MinistackTests {
  static let exceptions = [
    "leaves somebody else's A, TXT and CNAME alone, and says what stands there": Self.noExclusivity,
    "publishes addresses beside somebody else's TXT, but no CNAME over it": Self.noExclusivity,
  ]
  private static let noExclusivity = "ministack lets a CNAME stand beside other data"

  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await Route53Emulator(try #require(Bed.current)).check(behaviour, exceptions: Self.exceptions)
  }

  @Test("A wrong secret is refused by somebody else's verification too")
  func wrongSecret() async throws {
    let bed = try #require(Bed.current)
    let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9)) }
    let wrong = Route53Client(
      endpoint: "http://127.0.0.1:\(bed["PORT"])",
      credentials: AWSCredentialSource(now: now) { () throws(ProviderError) in
        AWSCredentials(accessKey: bed["ACCESS_KEY"], secret: "not-the-secret")
      }, api: ProviderAPI(transport: try HTTPTransport(), rate: Route53Client.rate, clock: ContinuousClock()), now: now)
    do {
      _ = try await HostedZones(client: wrong).find(DomainName(canonical: "example.com"))
      Issue.record("it was let in")
    } catch {
      #expect(error.code == .unauthorized)
      #expect(!error.description.contains("not-the-secret"))
    }
  }
}

@Suite("Route 53 at moto", .enabled(if: Bed.hasPythonTools, hint), BedTrait("moto"))
struct MotoTests {
  static let exceptions = [
    "swaps addresses and CNAME in every direction, and no reader ever finds nothing":
      "moto refuses to create again what it has once created with the same words",
    "three writers at once lose no update": "moto lets a batch with a stale deletion win",
    "a writer that was paused and wakes changes nothing, and is told why":
      "moto lets a batch with a stale deletion win",
    "does not overwrite an edit that the plan did not see": "moto deletes without comparing",
    "leaves somebody else's A, TXT and CNAME alone, and says what stands there":
      "moto lets a CNAME stand beside other data, and creates over what is there",
    "publishes addresses beside somebody else's TXT, but no CNAME over it":
      "moto lets a CNAME stand beside other data",
    "shows other tools' marks, and takes none of its own that is damaged for true":
      "moto creates over what is there",
  ]

  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await Route53Emulator(try #require(Bed.current)).check(behaviour, exceptions: Self.exceptions)
  }
}
