import Federation
import Testing

@testable import DNS
@testable import DNSProviders

/// Changes that do not fit what is known are never taken over (rule whole-reads).
struct ZoneCopyTests {
  private static let zone = DomainName(canonical: "example.com")
  private static let name = DomainName(canonical: "www.example.com")

  private static func authority(_ serial: UInt32) -> StartOfAuthority {
    StartOfAuthority(
      primary: zone, mailbox: zone, serial: serial, refresh: 1, retry: 1, expire: 1, minimum: 1)
  }

  private static func address(_ number: UInt32, ttl: UInt32 = 60) -> ResourceRecord {
    ResourceRecord(name: name, ttl: ttl, data: .address(.v4(number)))
  }

  private static let servers = ResourceRecord(name: zone, ttl: 60, data: .ns(name))

  private func copy() -> ZoneCopy {
    let records = [ResourceRecord(name: Self.zone, ttl: 60, data: .soa(Self.authority(7))), Self.address(1)]
    return ZoneCopy(
      ZoneTransfer(
        zone: Self.zone, startOfAuthority: Self.authority(7), records: records, messageCount: 1, latency: .zero),
      at: Timestamp(seconds: 0), commits: 0)
  }

  @Test func whatFitsIsTakenOver() {
    var copy = copy()
    let steps = [
      ZoneStep(removed: [Self.address(1)], added: [Self.address(1, ttl: 30), Self.servers]),
      ZoneStep(removed: [Self.servers], added: [Self.address(2, ttl: 20)]),
    ]
    let isApplied = copy.apply(steps, reaching: Self.authority(9))
    #expect(isApplied)
    #expect(copy.startOfAuthority.serial == 9)
    #expect(
      copy.contents.recordSets == [
        RecordSet(name: Self.name, type: .a, ttl: 20, values: ["0.0.0.1", "0.0.0.2"])
      ])
    let isEmptied = copy.apply([ZoneStep(removed: [Self.address(1), Self.address(2)])], reaching: Self.authority(10))
    #expect(isEmptied)
    #expect(copy.contents == ZoneContents(recordSets: []))
  }

  @Test func aVersionChangesWithWhatIsHeldAndOnlyThen() throws {
    var copy = copy()
    let first = try #require(copy.contents.version)
    #expect(copy.contents.version == first)
    var again = self.copy()
    #expect(again.contents.version != first, "another read knows nothing of the first one")
    again.recognize(copy)
    #expect(again.contents.version == first)
    let isApplied = copy.apply([ZoneStep(added: [Self.address(2)])], reaching: Self.authority(8))
    #expect(isApplied && copy.contents.version != nil && copy.contents.version != first)
    again.recognize(copy)
    #expect(again.contents.version == first, "what holds something else is another version")
  }

  @Test(arguments: [
    ZoneStep(removed: [address(2)]), ZoneStep(added: [address(1)]), ZoneStep(removed: [address(1), address(1)]),
  ])
  func whatDoesNotFitIsRefused(step: ZoneStep) {
    var copy = copy()
    let isApplied = copy.apply([step], reaching: Self.authority(8))
    #expect(!isApplied)
  }
}
