import Federation
import Testing

@testable import DNSProviders

@Suite(
  .enabled(if: Bed.has("knotd"), "there is no knotd on this machine (apt-get install knot bind9-dnsutils)"),
  BedTrait("knot"))
struct KnotConformanceTests {
  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await behaviour.check(try UpdateBed.current.subject)
  }

  @Test func readsOnlyWhatHasChanged() async throws {
    let tally = try await UpdateBed.current.incrementalReads()
    #expect(tally.changed >= 10 && tally.unchanged >= 4 && (2...4).contains(tally.whole), "\(tally)")
  }

  @Test(.timeLimit(.minutes(1))) func tellsOfAChangeByItself() async throws {
    try await UpdateBed.current.notifiesOfAChange()
  }
}

/// PowerDNS through its `dnsupdate`, which has the fence that its HTTP API has not.
@Suite(
  .enabled(
    if: Bed.has("pdns_server"),
    "there is no pdns_server on this machine (apt-get install pdns-server pdns-backend-sqlite3 sqlite3)"),
  BedTrait("pdns"))
struct PowerDNSUpdateTests {
  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await behaviour.check(try UpdateBed.current.subject)
  }

  /// PowerDNS keeps no history: what has changed is the whole zone.
  @Test func readsTheZoneOnlyWhenItHasChanged() async throws {
    let tally = try await UpdateBed.current.incrementalReads()
    #expect(tally.changed == 0 && tally.unchanged >= 5, "\(tally)")
  }

  @Test(.timeLimit(.minutes(1))) func tellsOfAChangeByItself() async throws {
    try await UpdateBed.current.notifiesOfAChange()
  }
}
