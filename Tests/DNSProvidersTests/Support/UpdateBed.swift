import DNS
import DNSProviders
import Federation
import Foundation
import Testing

/// A real server that takes signed updates of the zone `example.com`.
struct UpdateBed: Sendable {
  static let zone = DomainName(canonical: "example.com")

  let address: ServerAddress
  let key: TransactionKey

  /// The one of the running suite.
  static var current: UpdateBed { get throws { try UpdateBed(try #require(Bed.current)) } }

  init(_ bed: Bed) throws {
    address = try bed.server()
    let file = try String(contentsOfFile: bed["KEY_FILE"], encoding: .utf8)
    let algorithm = try #require(TransactionKey.algorithm(named: bed["ALGORITHM"]))
    key = try TransactionKey(file: file, name: DomainName(canonical: "ddns"), algorithm: algorithm)
  }

  var provider: RFC2136Provider {
    RFC2136Provider(
      zone: Self.zone, federation: TestService.federation, servers: [address], key: key, client: .standard)
  }

  /// The provider, and a hand that sends updates without a prerequisite.
  var subject: Subject {
    Subject(provider: provider, server: address) { removals, sets in
      try await edit(
        removals.map { ResourceRecord.deleteSet($0.name, ResourceType($0.type)) } + sets.flatMap(\.records))
    }
  }

  func edit(_ updates: [ResourceRecord]) async throws {
    let update = Message.update(zone: Self.zone, prerequisites: [], updates: updates, id: 0)
    let reply = try await DNSClient.standard.exchange(update, with: address, key: key)
    try #require(reply.message.responseCode == .noError)
  }
}
