import Federation
import Testing

@testable import DNS

/// What a server tells of changes, whole or not at all (RFC 1995, rule whole-reads).
struct ZoneChangesTests {
  private static func authority(_ serial: UInt32) -> ResourceRecord {
    var record = Samples.authority
    guard case .soa(var soa) = record.data else { return record }
    soa.serial = serial
    record.data = .soa(soa)
    return record
  }

  private static func address(_ number: UInt32) -> ResourceRecord {
    ResourceRecord(name: Samples.name, ttl: 180, data: .address(.v4(number)))
  }

  private static let known: StartOfAuthority? = if case .soa(let soa) = authority(7).data { soa } else { nil }

  private func changes(hangsUp: Bool = false, missing: Int = 0, _ messages: [ResourceRecord]...) async throws
    -> ZoneChanges
  {
    let server = LoopbackServer(
      connections: { query in
        guard let question = try? Message(decoding: query), question.question?.type == .ixfr,
          question.authorities == [ResourceRecord(name: Samples.zone, ttl: 0, data: Self.authority(7).data)]
        else { return nil }
        return Array(messages.flatMap { framed(Samples.answer(to: query, $0)) }.dropLast(missing))
      }, hangsUp: hangsUp)
    defer { server.close() }
    return try await Samples.patient.zoneChanges(
      Samples.zone, since: try #require(Self.known), from: server.address, key: nil)
  }

  @Test func theSameSerialIsNoChange() async throws {
    guard case .unchanged = try await changes([Self.authority(7)]) else { return #expect(Bool(false)) }
  }

  @Test func anOlderSerialIsNoNews() async throws {
    guard case .older = try await changes([Self.authority(6)]) else { return #expect(Bool(false)) }
  }

  @Test(arguments: [true, false]) func stepsComeInOrder(inOneMessage: Bool) async throws {
    let records = [
      Self.authority(9), Self.authority(7), Self.address(1), Self.authority(8), Self.address(2), Self.address(3),
      Self.authority(8), Self.address(3), Self.authority(9), Self.authority(9),
    ]
    let answer =
      inOneMessage
      ? try await changes(records)
      : try await changes(Array(records[..<1]), Array(records[1..<5]), Array(records[5..<9]), Array(records[9...]))
    guard case .steps(let steps, let end) = answer else { return #expect(Bool(false)) }
    #expect(
      steps == [
        ZoneStep(removed: [Self.address(1)], added: [Self.address(2), Self.address(3)]),
        ZoneStep(removed: [Self.address(3)], added: []),
      ])
    #expect(end.serial == 9)
  }

  @Test(arguments: [true, false]) func aWholeZoneIsTakenAsOne(inOneMessage: Bool) async throws {
    let records = [Self.authority(9), Self.address(1), Self.address(2), Self.authority(9)]
    let answer =
      inOneMessage
      ? try await changes(records)
      : try await changes(Array(records[..<1]), Array(records[1..<2]), Array(records[2...]))
    guard case .whole(let transfer) = answer else { return #expect(Bool(false)) }
    #expect(transfer.records == Array(records[..<3]))
    #expect(transfer.startOfAuthority.serial == 9)
  }

  @Test func serialsGoRound() throws {
    var (old, new) = (try #require(Self.known), try #require(Self.known))
    old.serial = .max - 2
    new.serial = 3
    #expect(new.isNewer(than: old) && !old.isNewer(than: new) && !new.isNewer(than: new))
  }

  @Test(arguments: [1, 20, 60]) func halfAnAnswerIsNone(missing: Int) async throws {
    for records in [
      [Self.authority(9), Self.authority(7), Self.address(1), Self.authority(9), Self.address(2), Self.authority(9)],
      [Self.authority(9), Self.address(1), Self.address(2), Self.authority(9)],
    ] {
      let error = await #expect(throws: DNSError.self) {
        try await changes(hangsUp: true, missing: missing, [records[0]], Array(records[1...]))
      }
      #expect(error?.code == .incomplete)
    }
  }

  @Test(arguments: [
    ("no SOA first", [address(1), authority(9)]),
    ("another version", [authority(9), authority(6), address(1), authority(9), authority(9)]),
    ("a version left out", [authority(9), authority(7), authority(8), authority(6), authority(9), authority(9)]),
    ("goes on", [authority(9), authority(7), authority(9), authority(9), address(1)]),
    ("changed meanwhile", [authority(9), authority(7), authority(9), authority(10)]),
    ("nothing", []),
    (
      "another zone's record",
      [
        authority(9), authority(7),
        ResourceRecord(name: DomainName(canonical: "x.org"), ttl: 1, data: .address(.v4(1))), authority(9),
      ]
    ),
  ])
  func nonsenseIsAnError(what: String, records: [ResourceRecord]) async throws {
    let error = await #expect(throws: DNSError.self) { try await changes(records) }
    #expect(error?.code == .incomplete, "\(what)")
  }

  @Test func refusalIsNamed() async throws {
    let server = LoopbackServer(connections: { query in
      (try? Message(decoding: query).reply(.notImplemented).encoded()).map(framed)
    })
    defer { server.close() }
    let known = try #require(Self.known)
    let error = await #expect(throws: DNSError.self) {
      try await Samples.patient.zoneChanges(Samples.zone, since: known, from: server.address, key: nil)
    }
    #expect(error?.code == .answered(.notImplemented))
  }
}
