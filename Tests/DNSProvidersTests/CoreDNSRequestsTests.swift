import DNS
import DNSProviders
import Federation
import Foundation
import Testing

/// How many requests there are, to which endpoint they go, and what their answers mean.
@Suite(
  .enabled(
    if: Bed.has("etcd", "etcdctl"), "there is no etcd on this machine (apt-get install etcd-server etcd-client)"),
  BedTrait("etcd"))
struct CoreDNSRequestsTests {
  @Test func aChangeAmongTenThousandSetsIsTwoRequestsAndAZoneIsReadAtOneRevision() async throws {
    let hand = try EtcdHand.current
    let before = try await CoreDNSBed.provider([hand.url]).readZone().recordSets.count
    for part in 0..<5 {
      try await hand.edit(
        (0..<2_000).map { index in
          let name = "s\(part)-\(index).ns.myfederation.svc.many.example.com"
          let path = CoreDNSReader.path(DomainName(canonical: name))
          return ("\(path)/zonetop-a-c0000201", Data(#"{"group":"\#(name)","host":"192.0.2.1","ttl":180}"#.utf8))
        })
    }
    let faults = try await FaultyHTTP(before: hand.url)
    let provider = try CoreDNSBed.provider(["http://127.0.0.1:\(faults.port)"])
    let service = try TestService("one")
    let batch = service.batch(nil, to: [service.set("a", .a, "192.0.2.0"), service.set("zz", .a, "192.0.2.0")])
    try await provider.commit(batch)
    #expect(faults.seen == ["POST /v3/kv/txn", "POST /v3/kv/txn"])
    faults.forget()
    // One writer changes the first and the last name of the zone together, as often as it can.
    let reads = Progress()
    let writer = Task {
      var count = 0
      while !reads.isDone {
        count = (count + 1) % 250
        try await hand.edit(
          ["a", "zz"].map { place in
            let path = CoreDNSReader.path(service.name(place))
            return (
              "\(path)/zonetop-a-c0000200",
              Data(#"{"group":"\#(service.name(place))","host":"192.0.2.\#(count)","ttl":180}"#.utf8)
            )
          })
      }
    }
    for _ in 0..<3 {
      let zone = try await provider.readZone()
      #expect(zone.recordSets.count == before + 10_002)
      let pair = zone.recordSets.filter { $0.name == service.name("a") || $0.name == service.name("zz") }
      #expect(pair.count == 2)
      #expect(pair.first?.values == pair.last?.values)
    }
    reads.finish()
    try await writer.value
    #expect(faults.seen.count == 3 + 2 * 4, "three pages each, and before the second and third time what has changed")
    await faults.stop()
  }

  @Test func anUnchangedZoneIsOneSmallRequestAndEveryKindOfChangeIsSeen() async throws {
    let hand = try EtcdHand.current
    let faults = try await FaultyHTTP(before: hand.url)
    let provider = try CoreDNSBed.provider(["http://127.0.0.1:\(faults.port)"])
    let service = try TestService("unchanged")
    var mark: OwnershipMark?
    var held: [RecordSet] = []
    let states = [
      [service.set("a", .a, "192.0.2.1")], [service.set("a", .a, "192.0.2.2")],
      [service.set("a", .a, "192.0.2.2"), service.set("b", .a, "192.0.2.3")], [service.set("b", .a, "192.0.2.3")],
    ]
    var versions: Set<ZoneVersion?> = []
    for state in states {
      let batch = service.batch(mark, from: held, to: state)
      try await CoreDNSBed.provider([hand.url]).commit(batch)
      (mark, held) = (batch.next, state)
      let zone = try await provider.readZone()
      #expect(
        zone.recordSets.filter { $0.name.isSubdomain(of: service.name("a")) || $0.name == service.name("b") } == state)
      #expect(versions.insert(zone.version).inserted, "a version that was seen before")
      faults.forget()
      for _ in 0..<3 { #expect(try await provider.readZone().version == zone.version) }
      #expect(faults.seen.count == 3)
    }
    // A key that goes alone, without a mark that is written: only the count tells.
    let before = try await provider.readZone()
    let path = CoreDNSReader.path(service.name("b"))
    try await hand.edit([("\(path)/zonetop-a-c0000203", nil)])
    let after = try await provider.readZone()
    #expect(after.version != before.version && after.recordSets.count == before.recordSets.count - 1)
    await faults.stop()
  }

  @Test func theNextEndpointIsTriedWhenOneIsDeadAndNoneAfterALostReply() async throws {
    let hand = try EtcdHand.current
    let faults = try await FaultyHTTP(before: hand.url)
    let (dead, alive) = ("http://127.0.0.1:1", "http://127.0.0.1:\(faults.port)/")
    let service = try TestService("doors")
    let first = service.set(nil, .a, "192.0.2.1")
    let batch = service.batch(nil, to: [first])
    let doors = try CoreDNSBed.provider([dead, alive])
    try await doors.commit(batch)
    #expect(try await doors.read(service.key, names: [service.name()]).marks[service.markName] == batch.next)
    let none = await CoreDNSBed.refusal { try await CoreDNSBed.provider([dead]).readZone() }
    #expect(none?.code == .unreachable)
    #expect(none?.description.contains("127.0.0.1:1") == true)
    #expect(
      await CoreDNSBed.refusal { try await CoreDNSBed.provider([]).readZone() }?.code
        == .unreachable)
    // Both doors lead to the same etcd: what the second sees would be a second write.
    faults.next(.loseReply) { $0.isWrite }
    let second = try await FaultyHTTP(before: hand.url)
    let lossy = try CoreDNSBed.provider([alive, "http://127.0.0.1:\(second.port)"])
    let next = service.batch(batch.next, from: [first], to: [service.set(nil, .a, "192.0.2.2")])
    let lost = await CoreDNSBed.refusal { try await lossy.commit(next) }
    #expect(lost?.code == .unreachable)
    #expect(lost?.description.contains("may have been done") == true)
    #expect(second.seen.isEmpty)
    #expect(faults.isSpent)
    await faults.stop()
    await second.stop()
  }

  /// What etcd and those before it say, by status and body; each is one line that tells what to do.
  @Test(arguments: [
    (503, #"{"error":"etcdserver: request timed out","code":14}"#, ProviderError.Code.unreachable, "read again before"),
    (502, "<html>", .unreachable, "read again before"), (200, "<html>", .incomplete, "read again before"),
    (429, #"{"error":"etcdserver: mvcc: database space exceeded","code":8}"#, .refused, "alarm disarm"),
    (404, "404 page not found", .refused, "--enable-grpc-gateway"),
    (400, #"{"error":"\u001b[2J\nwords","code":3}"#, .refused, "[2J"), (403, "", .unauthorized, "HTTP status 403"),
  ])
  func answersToAWriteAreOneLine(status: Int, body: String, code: ProviderError.Code, words: String) async throws {
    let faults = try await FaultyHTTP(before: try EtcdHand.current.url)
    let service = try TestService("answers")
    let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
    faults.next(.answer(.answer(status: status, body: Array(body.utf8)))) { $0.isWrite }
    let provider = try CoreDNSBed.provider(["http://127.0.0.1:\(faults.port)"])
    let error = await CoreDNSBed.refusal { try await provider.commit(batch) }
    #expect(error?.code == code)
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
    #expect(faults.seen.count == 2, "a write is sent once")
    await faults.stop()
  }
}
