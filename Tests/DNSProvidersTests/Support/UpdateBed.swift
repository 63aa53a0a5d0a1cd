import DNS
import DNSProviders
import Federation
import Foundation
import Testing

/// A real server that takes signed updates of the zone `example.com`.
struct UpdateBed: Sendable {
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
}
