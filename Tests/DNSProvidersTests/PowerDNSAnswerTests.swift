import DNS
import Federation
import HTTPTransport
import JSON
import Testing

@testable import DNSProviders

/// What the provider sends, and makes of answers that a PowerDNS of today does not give.
struct PowerDNSAnswerTests {
  private static let secret = "Secret-0123456789"

  private func withProvider(
    _ answer: @escaping @Sendable (FakeHTTPServer.Request) -> FakeHTTPServer.Reply,
    _ body: (PowerDNSProvider) async throws -> Void
  ) async throws {
    let server = try await FakeHTTPServer.start(answer)
    let api = ProviderAPI(transport: try HTTPTransport(), rate: PowerDNSProvider.rate, clock: ManualClock())
    do {
      try await body(
        PowerDNSProvider(
          zone: DomainName(canonical: "example.com"), federation: TestService.federation,
          url: "http://user:hidden@127.0.0.1:\(server.port)", apiKey: try APIKey(Self.secret), api: api))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private func refusal<Answer>(_ body: () async throws(ProviderError) -> Answer) async -> ProviderError? {
    do throws(ProviderError) { _ = try await body() } catch { return error }
    return nil
  }

  private static func zone(_ kind: String = "Native", _ names: DomainName...) -> [UInt8] {
    let sets = names.map { name -> JSONValue in
      [
        "name": .string(name.text + "."), "type": "A", "ttl": 180, "comments": [],
        "records": [["content": "192.0.2.1", "disabled": false]],
      ]
    }
    return (["kind": .string(kind), "name": "example.com.", "rrsets": .array(sets)] as JSONValue).encoded()
  }

  @Test(arguments: [("", 1), ("DEFAULT", 0), ("INCREASE", 0)])
  func aZoneWhoseSerialStaysIsFound(policy: String, count: Int) async throws {
    let settings = (["name": "example.com.", "kind": "Master", "soa_edit_api": .string(policy)] as JSONValue).encoded()
    try await withProvider { request in
      request.target.hasSuffix("?rrsets=false") ? .answer(status: 200, body: settings) : .answer(status: 500, body: [])
    } _: { provider in
      let findings = try await provider.findings()
      #expect(findings.count == count)
      #expect(findings.allSatisfy { $0.contains("SOA-EDIT-API DEFAULT") && !$0.contains("\n") })
    }
  }

  @Test func aPrivateAuthorityGoesWithEveryRequest() async throws {
    var tls = TLSSettings()
    tls.certificateAuthority = Array("PEM".utf8)
    let door = PowerDNSDoor(
      zone: DomainName(canonical: "example.com"), url: "https://dns.example.com", server: "localhost",
      key: try APIKey(Self.secret), tls: tls)
    for call in [door.read(nil, .read), door.settings(), door.patch([1], "changing", .repair)] {
      #expect(try await call.make().tls.certificateAuthority == tls.certificateAuthority)
    }
  }

  @Test func whatGoesGoesBeforeWhatComesAndTheMarkIsLast() throws {
    let service = try TestService("ordered")
    let address = service.set("z1", .a, "192.0.2.1")
    let six = service.set("z1", .aaaa, "2001:db8::1")
    let before = [service.alias("z1", to: nil), service.set("r1", .a, "192.0.2.1"), service.set("r1", .aaaa, "::1")]
    let mark = OwnershipMark(
      federation: "myfederation", generation: 4, writer: "test/1", sets: before.map(\.key).sorted())
    let batch = service.batch(mark, from: before, to: [address, six, service.alias("r1", to: nil)])
    let body = try JSONValue.parse(PowerDNSPatch.body(try PowerDNSPatch.sets(of: Transaction(batch))))
    let changes = (body["rrsets"]?.array ?? []).map { set in
      let name = (set["name"]?.string ?? "").prefix { $0 != "." && $0 != "_" }
      return "\(set["changetype"]?.string ?? "") \(name) \(set["type"]?.string ?? "")"
    }
    #expect(
      changes == [
        "DELETE ordered CNAME", "REPLACE ordered A", "REPLACE ordered AAAA", "DELETE ordered A", "DELETE ordered AAAA",
        "REPLACE ordered CNAME", "REPLACE  TXT",
      ])
    let mere = service.batch(mark, from: [before[1]], to: [service.set("r1", .a, "192.0.2.1", ttl: 30)])
    let text = String(decoding: PowerDNSPatch.body(try PowerDNSPatch.sets(of: Transaction(mere))), as: UTF8.self)
    #expect(!text.contains("DELETE"), "a set that stays is never gone")
  }

  @Test func anOldServerThatTellsOfTheWholeZoneIsAskedOnce() async throws {
    let service = try TestService("old")
    let body = Self.zone("Native", service.name(), service.name("r1"), service.name("r2"))
    let requests = Progress()
    try await withProvider { _ in
      requests.step()
      return .answer(status: 200, body: body)
    } _: { provider in
      let contents = try await provider.read(service.key, names: [service.name(), service.name("r1")])
      #expect(contents.recordSets.map(\.name) == [service.name(), service.name("r1")])
      #expect(requests.count == 1)
    }
  }

  @Test(arguments: ["", "{", "[]", "{}", #"{"rrsets":[{"name":"a.example.com.","#, "<html>Sign in</html>"])
  func whatIsNoZoneIsNotTakenForAnEmptyOne(body: String) async throws {
    try await withProvider { _ in
      .answer(status: 200, body: Array(body.utf8))
    } _: { provider in
      let error = await refusal { () throws(ProviderError) in try await provider.readZone() }
      #expect(error?.code == .incomplete)
    }
  }

  @Test(arguments: [
    (500, ProviderError.Code.unreachable), (503, .unreachable), (422, .refused), (413, .refused), (401, .unauthorized),
    (403, .unauthorized), (404, .unauthorized), (429, .throttled), (302, .refused),
  ])
  func errorsAreOneLineWithoutTheKey(status: Int, code: ProviderError.Code) async throws {
    let service = try TestService("errors")
    let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
    let patches = Progress()
    let zone = Self.zone()
    try await withProvider { request in
      guard request.method == "PATCH" else { return .answer(status: 200, body: zone) }
      patches.step()
      return .answer(status: status, body: Array(#"{"error": "no \#u{1B}[2J\n key \#(Self.secret)"}"#.utf8))
    } _: { provider in
      let error = try #require(await refusal { () throws(ProviderError) in try await provider.commit(batch) })
      #expect(error.code == code)
      #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      #expect(!error.description.contains("hidden") && !error.description.contains(Self.secret), "\(error)")
      #expect(error.description.contains("read again") == (code == .unreachable))
      #expect(patches.count == (code == .throttled ? 6 : 1), "what may have been done is not done twice")
    }
  }

  @Test func aReadIsRepeatedUntilTheServerIsBack() async throws {
    let requests = Progress()
    let zone = Self.zone()
    try await withProvider { _ in
      requests.step()
      return requests.count < 4 ? .answer(status: 503, body: []) : .answer(status: 200, body: zone)
    } _: { provider in
      let contents = try await provider.readZone()
      #expect(contents == ZoneContents(recordSets: []))
      #expect(requests.count == 4)
    }
  }

  @Test func aSecondaryZoneIsNotWrittenTo() async throws {
    let service = try TestService("secondary")
    let zone = Self.zone("Slave")
    try await withProvider {
      .answer(status: $0.method == "GET" ? 200 : 204, body: zone)
    } _: { provider in
      let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
      let error = await refusal { () throws(ProviderError) in try await provider.commit(batch) }
      #expect(error?.code == .refused)
      #expect(error?.description.contains("primary") == true)
    }
  }

  @Test func theKeyIsShownNowhere() async throws {
    let key = try APIKey("  \(Self.secret)\r\n")
    #expect(try key == APIKey(Self.secret))
    try await withProvider { _ in
      .cut
    } _: { provider in
      var text = ""
      dump(provider, to: &text)
      dump(key, to: &text)
      text += "\(key) \(String(reflecting: key)) \(provider) \(String(reflecting: provider))"
      #expect(!text.contains(Self.secret))
    }
    for bad in ["", " \n", "two words", "caf\u{E9}", "a\u{7}"] {
      #expect(throws: ProviderError.self) { try APIKey(bad) }
    }
  }
}
