import Federation
import Testing

@Suite struct OwnershipMarkTests {
  let federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))
  let nginx = ServiceKey(namespace: "mynamespace", name: "nginx")

  @Test func standsBelowTheService() throws {
    let name = try OwnershipMark.markName(of: nginx, in: federation)
    #expect(name.text == "_zonetop.nginx.mynamespace.myfederation.svc.example.com")
    #expect(OwnershipMark.service(markedAt: name, in: federation) == nginx)
    #expect(
      OwnershipMark.service(markedAt: try DomainName("_zonetop.a.b.other.svc.example.com"), in: federation) == nil)
    #expect(throws: NameError.emptyLabel) {
      try OwnershipMark.markName(of: ServiceKey(namespace: "", name: "nginx"), in: federation)
    }
  }

  @Test func survivesItsStringsHoweverMany() throws {
    let name = try OwnershipMark.markName(of: nginx, in: federation)
    let base = "nginx.mynamespace.myfederation.svc"
    var sets = try (0..<200).map {
      RecordKey(name: try DomainName("\(base).zone-\($0).example.com"), type: $0 % 2 == 0 ? .a : .cname)
    }
    sets.append(RecordKey(name: try DomainName("\(base).example.com"), type: .aaaa))
    sets.append(RecordKey(name: try DomainName("eu.nginx.acme.com"), type: .cname))
    let mark = OwnershipMark(federation: "myfederation", generation: .max, writer: "host-7/4711", sets: sets.sorted())
    let strings = mark.strings(at: name)
    #expect(strings.allSatisfy { $0.utf8.count <= 255 })
    #expect(
      strings.prefix(4) == [
        "heritage=zonetop", "federation=myfederation", "generation=18446744073709551615", "writer=host-7/4711",
      ])
    #expect(strings.contains { $0.contains("zone-7/CNAME") && $0.hasPrefix("sets=") })
    #expect(strings.contains { $0.contains("@/AAAA") })
    #expect(OwnershipMark.read(strings, at: name) == .mark(mark))
  }

  @Test func tellsOtherMarksFromDamagedOnes() throws {
    let name = try OwnershipMark.markName(of: nginx, in: federation)
    #expect(
      OwnershipMark.read(["heritage=external-dns,external-dns/owner=me\u{1B}[2J"], at: name)
        == .foreign("heritage=external-dns,external-dns/owner=me\u{FFFD}[2J"))
    #expect(OwnershipMark.read(["v=spf1 -all"], at: name) == .none)
    #expect(OwnershipMark.read([], at: name) == .none)
    for strings in [
      ["heritage=zonetop"], ["heritage=zonetop", "federation=f", "generation=-1"],
      ["heritage=zonetop", "federation=f", "generation=1", "generation=2"],
      ["heritage=zonetop", "federation=f", "generation=1", "sets=a/MX"],
      ["heritage=zonetop", "federation=f", "generation=1", "sets=/A"],
    ] {
      guard case .unreadable = OwnershipMark.read(strings, at: name) else {
        Issue.record("\(strings) was read")
        continue
      }
    }
    #expect(
      OwnershipMark.read(["heritage=zonetop", "federation=f", "generation=1", "later=thing"], at: name)
        == .mark(OwnershipMark(federation: "f", generation: 1, writer: "", sets: [])))
  }

  @Test func ownershipIsWhatTheMarkLists() throws {
    let ours = RecordSet(name: DomainName(canonical: "a.example.com"), type: .a, ttl: 60, values: ["192.0.2.1"])
    let theirs = RecordSet(name: ours.name, type: .txt, ttl: 60, values: ["hello"])
    let mark = OwnershipMark(federation: "f", generation: 1, writer: "w", sets: [ours.key])
    #expect(attribute([ours, theirs], to: mark).map(\.owner) == ["f", nil])
    #expect(attribute([ours], to: nil).map(\.owner) == [nil])
  }

  @Test func fuzzedMarksNeverTrap() throws {
    var random = SeededGenerator(seed: 5)
    let name = try OwnershipMark.markName(of: nginx, in: federation)
    let good = OwnershipMark(
      federation: "myfederation", generation: 7, writer: "w",
      sets: [RecordKey(name: try DomainName("nginx.mynamespace.myfederation.svc.z.example.com"), type: .a)]
    ).strings(at: name)
    var marks = 0
    for _ in 0..<100_000 {
      var strings = good
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let index = Int.random(in: 0..<strings.count, using: &random)
        var bytes = Array(strings[index].utf8)
        if bytes.isEmpty || random.oneIn(5) { bytes.append(UInt8(ascii: ",")) }
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        strings[index] = String(decoding: bytes, as: UTF8.self)
      }
      if case .mark(let mark) = OwnershipMark.read(strings, at: name) {
        marks += 1
        #expect(OwnershipMark.read(mark.strings(at: name), at: name) == .mark(mark))
      }
    }
    #expect(marks > 1_000)
  }
}
