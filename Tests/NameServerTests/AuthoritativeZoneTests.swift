import DNS
import DNSProviders
import Federation
import NameServer
import Testing

@Suite struct AuthoritativeZoneTests {
  @Test func answersWithTheSetThatWasAskedFor() throws {
    let zone = try AuthoritativeZone.example(
      set("a.example.com", .a, "192.0.2.2", "192.0.2.1"), set("a.example.com", .aaaa, "2001:db8::1"))
    #expect(zone.ask("a.example.com", .a) == ["answered", "a.example.com A 192.0.2.1", "a.example.com A 192.0.2.2"])
    #expect(zone.ask("a.example.com", .aaaa) == ["answered", "a.example.com AAAA 2001:db8::1"])
    #expect(zone.ask("a.example.com", .any) == ["answered", "a.example.com A 192.0.2.1", "a.example.com A 192.0.2.2"])
  }

  @Test func followsAChainInsideTheZoneInOneAnswer() throws {
    let zone = try AuthoritativeZone.example(
      set("zone.example.com", .cname, "region.example.com"), set("region.example.com", .cname, "www.example.com"),
      set("www.example.com", .a, "192.0.2.1"), set("out.example.com", .cname, "www.example.net"),
      set("dangling.example.com", .cname, "nowhere.example.com"))
    #expect(
      zone.ask("zone.example.com", .a) == [
        "answered", "zone.example.com CNAME region.example.com", "region.example.com CNAME www.example.com",
        "www.example.com A 192.0.2.1",
      ])
    #expect(zone.ask("zone.example.com", .cname) == ["answered", "zone.example.com CNAME region.example.com"])
    #expect(zone.ask("zone.example.com", .any) == ["answered", "zone.example.com CNAME region.example.com"])
    #expect(zone.ask("out.example.com", .a) == ["answered", "out.example.com CNAME www.example.net"])
    #expect(zone.ask("zone.example.com", .aaaa).first == "noData")
    #expect(zone.ask("zone.example.com", .aaaa).count == 3)
    #expect(
      zone.ask("dangling.example.com", .a) == ["noSuchName", "dangling.example.com CNAME nowhere.example.com"])
  }

  @Test func aLoopEnds() throws {
    let zone = try AuthoritativeZone.example(
      set("a.example.com", .cname, "b.example.com"), set("b.example.com", .cname, "a.example.com"))
    let answer = zone.ask("a.example.com", .a)
    #expect(answer.first == "answered")
    #expect((3...20).contains(answer.count))
  }

  @Test func tellsNoDataFromNoSuchName() throws {
    var zone = try AuthoritativeZone.example(set("a.b.c.example.com", .a, "192.0.2.1"))
    #expect(zone.ask("a.b.c.example.com", .aaaa) == ["noData"])
    #expect(zone.ask("a.b.c.example.com", .mx) == ["noData"])
    #expect(zone.ask("b.c.example.com", .a) == ["noData"], "an empty non-terminal exists")
    #expect(zone.ask("c.example.com", .any) == ["noData"])
    #expect(zone.ask("x.c.example.com", .a) == ["noSuchName"])
    #expect(zone.ask("example.com", .a) == ["noData"])
    #expect(zone.ask("example.org", .a) == ["notAuthoritative"])
    #expect(zone.ask("notexample.com", .a) == ["notAuthoritative"])
    try zone.replace([RecordKey(name: name("a.b.c.example.com"), type: .a)], with: [])
    #expect(zone.ask("b.c.example.com", .a) == ["noSuchName"], "and goes with the last name below it")
    #expect(zone.count == 0)
  }

  @Test func namesAboveAndBelowChangeTogether() throws {
    var zone = try AuthoritativeZone.example(set("b.example.com", .a, "192.0.2.1"))
    try zone.replace(
      [RecordKey(name: name("b.example.com"), type: .a)],
      with: [try HeldRecordSet(set("a.b.example.com", .a, "192.0.2.2"))])
    #expect(zone.ask("b.example.com", .a) == ["noData"])
    try zone.replace(
      [RecordKey(name: name("a.b.example.com"), type: .a)],
      with: [try HeldRecordSet(set("b.example.com", .a, "192.0.2.3"))])
    #expect(zone.ask("a.b.example.com", .a) == ["noSuchName"])
    #expect(zone.ask("b.example.com", .a) == ["answered", "b.example.com A 192.0.2.3"])
    try zone.replace([RecordKey(name: name("b.example.com"), type: .a)], with: [])
    #expect(zone.ask("b.example.com", .a) == ["noSuchName"])
  }

  @Test func theApexHoldsSOAAndNS() throws {
    var zone = AuthoritativeZone(apex: name("example.com"), serial: .max)
    #expect(zone.ask("example.com", .soa) == ["answered", "example.com SOA serial 4294967295"])
    #expect(zone.ask("example.com", .ns) == ["answered", "example.com NS ns.example.com"])
    try zone.replace([], with: [try HeldRecordSet(set("example.com", .a, "192.0.2.1"))])
    #expect(zone.ask("example.com", .soa) == ["answered", "example.com SOA serial 0"], "RFC 1982 goes round")
    #expect(zone.ask("example.com", .a) == ["answered", "example.com A 192.0.2.1"])
  }

  @Test(arguments: [
    [set("a.example.com", .cname, "b.example.com"), set("a.example.com", .a, "192.0.2.9")],
    [set("taken.example.com", .cname, "b.example.com")],
    [set("alias.example.com", .a, "192.0.2.9")],
    [set("example.com", .cname, "b.example.com")],
    [set("a.example.com", .cname, "b.example.com", "c.example.com")],
    [set("a.example.net", .a, "192.0.2.9")],
    [RecordSet(name: name("a.example.com"), type: .a, ttl: 180, values: [String]())],
    [RecordSet(name: name("a.example.com"), type: .a, ttl: .max, values: ["192.0.2.1"])],
  ])
  func refusesWhatAStrictServerRefuses(_ sets: [RecordSet]) throws {
    var zone = try AuthoritativeZone.example(
      set("taken.example.com", .txt, "foreign"), set("alias.example.com", .cname, "taken.example.com"))
    let before = zone.recordSets
    let serial = zone.startOfAuthority.serial
    let held = try sets.map { try HeldRecordSet($0) }
    let error = #expect(throws: ProviderError.self) {
      try zone.replace([], with: [try HeldRecordSet(set("good.example.com", .a, "192.0.2.1"))] + held)
    }
    #expect(error?.code == .refused)
    #expect(zone.recordSets == before)
    #expect(zone.startOfAuthority.serial == serial)
  }

  @Test func valuesMustFitTheirType() {
    for bad in [set("a.example.com", .a, "2001:db8::1"), set("a.example.com", .cname, "a..b")] {
      #expect(throws: ProviderError.self) { try HeldRecordSet(bad) }
    }
  }
}
