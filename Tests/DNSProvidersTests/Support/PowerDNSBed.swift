import DNS
import DNSProviders
import Federation
import Foundation
import HTTPTransport
import JSON
import Testing

/// A real PowerDNS with its HTTP API, reached through a proxy that can let requests go wrong.
struct PowerDNSBed: Sendable {
  let dns: ServerAddress
  let key: APIKey
  let proxy: FaultyHTTP
  private let upstream: String
  private let secret: String
  private let transport: HTTPTransport

  /// Runs a body with the bed of the running suite and a proxy of its own.
  static func run(_ body: (PowerDNSBed) async throws -> Void) async throws {
    let bed = try #require(Bed.current)
    let secret = try String(contentsOfFile: bed["API_KEY_FILE"], encoding: .utf8)
    let upstream = "http://127.0.0.1:\(bed["HTTP_PORT"])"
    let powerDNS = PowerDNSBed(
      dns: try bed.server(), key: try APIKey(secret), proxy: try await FaultyHTTP(before: upstream), upstream: upstream,
      secret: secret.trimmingCharacters(in: .whitespacesAndNewlines), transport: try HTTPTransport())
    do { try await body(powerDNS) } catch {
      await powerDNS.proxy.stop()
      throw error
    }
    await powerDNS.proxy.stop()
  }

  /// The provider through the proxy, with whatever is wrong with it.
  func provider(zone: String = "example.com", server: String = "localhost", key: APIKey? = nil) -> PowerDNSProvider {
    PowerDNSProvider(
      zone: DomainName(canonical: zone), federation: TestService.federation, url: "http://127.0.0.1:\(proxy.port)/",
      server: server, apiKey: key ?? self.key, api: api)
  }

  private var api: ProviderAPI {
    ProviderAPI(transport: transport, rate: PowerDNSProvider.rate, clock: ManualClock())
  }

  var faults: Subject.Faults {
    Subject.Faults(
      loseNextReply: { proxy.next(.loseReply) { $0.method == "PATCH" } },
      throttle: { proxy.next(.answer(.answer(status: 429, body: [])), times: $0) },
      halveNextRead: { proxy.next(.halfReply) { $0.method == "GET" } },
      areSpent: { proxy.isSpent })
  }

  var subject: Subject {
    Subject(provider: provider(), server: dns, faults: faults) { removals, sets in
      let gone = removals.filter { key in !sets.contains { $0.key == key } }
      try await edit(
        gone.map { change($0.name, $0.type.rawValue, "DELETE") }
          + sets.map { change($0.name, $0.type.rawValue, "REPLACE", $0.ttl, $0.values(as: .decimal)) })
    }
  }

  /// One element of a PATCH.
  func change(
    _ name: DomainName, _ type: String, _ what: String, _ ttl: UInt32 = 180, _ values: [String] = [],
    isDisabled: Bool = false
  ) -> JSONValue {
    [
      "name": .string(name.text + "."), "type": .string(type), "changetype": .string(what), "ttl": .integer(Int64(ttl)),
      "records": .array(values.map { ["content": .string($0), "disabled": .bool(isDisabled)] }),
    ]
  }

  /// Changes the zone past the provider and the proxy.
  func edit(_ changes: [JSONValue]) async throws {
    let response = try await transport.send(
      HTTPRequest(
        method: "PATCH", url: "\(upstream)/api/v1/servers/localhost/zones/example.com.",
        headers: [HTTPHeader("X-API-Key", secret)], body: (["rrsets": .array(changes)] as JSONValue).encoded()))
    let body = try await response.body.collect(upTo: 1 << 20)
    try #require(response.status == 204, "\(String(decoding: body, as: UTF8.self))")
  }
}
