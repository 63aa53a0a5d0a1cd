import Federation
import Testing

@testable import DNS

/// Transfers that go wrong half way: nothing of them may be used (rule whole-reads).
struct ZoneTransferTests {
  private func transfer(
    _ client: DNSClient = Samples.patient, hangsUp: Bool = false, _ serve: @escaping @Sendable ([UInt8]) -> [UInt8]?
  ) async throws -> ZoneTransfer {
    let server = LoopbackServer(connections: serve, hangsUp: hangsUp)
    defer { server.close() }
    return try await client.zoneTransfer(Samples.zone, from: server.address, key: nil)
  }

  @Test func readsAZoneInSeveralMessages() async throws {
    let transfer = try await transfer { query in
      framed(Samples.answer(to: query, [Samples.authority])) + framed(Samples.answer(to: query, [Samples.address]))
        + framed(Samples.answer(to: query, [Samples.authority]))
    }
    #expect(transfer.records == [Samples.authority, Samples.address])
    #expect(transfer.startOfAuthority.serial == 7 && transfer.messageCount == 3)
  }

  @Test func readsAZoneInOneMessage() async throws {
    let transfer = try await transfer { query in
      framed(Samples.answer(to: query, [Samples.authority, Samples.address, Samples.authority]))
    }
    #expect(transfer.records == [Samples.authority, Samples.address])
  }

  @Test(arguments: [0, 1, 9, 40])
  func halfATransferIsNone(missing: Int) async throws {
    let error = await #expect(throws: DNSError.self) {
      try await transfer(hangsUp: true) { query in
        let bytes =
          framed(Samples.answer(to: query, [Samples.authority, Samples.address]))
          + framed(Samples.answer(to: query, [Samples.address]))
        return Array(bytes.dropLast(missing))
      }
    }
    #expect(error?.code == .incomplete)
  }

  @Test func silenceIsAnError() async throws {
    let error = await #expect(throws: DNSError.self) {
      try await transfer(Samples.impatient) { framed(Samples.answer(to: $0, [Samples.authority, Samples.address])) }
    }
    #expect(error?.code == .timedOut)
  }

  @Test func refusalIsNamed() async throws {
    let error = await #expect(throws: DNSError.self) {
      try await transfer { query in
        (try? Message(decoding: query).reply(.refused).encoded()).map(framed)
      }
    }
    #expect(error?.code == .answered(.refused))
    #expect(error?.description.contains("REFUSED") == true)
  }

  @Test(arguments: [
    ("no SOA first", [Samples.address, Samples.authority]),
    ("records after the end", [Samples.authority, Samples.authority, Samples.address]),
    (
      "another zone's record",
      [Samples.authority, ResourceRecord(name: DomainName(canonical: "x.org"), ttl: 1, data: .empty)]
    ),
    ("another zone", [ResourceRecord(name: Samples.name, ttl: 1, data: Samples.authority.data)]),
    ("nothing", []),
  ])
  func nonsenseIsAnError(what: String, records: [ResourceRecord]) async throws {
    var assembly = ZoneAssembly(zone: Samples.zone, server: ServerAddress(address: .v4(1), port: 53))
    let message = Message(id: 0, opcode: .query, flags: .response, question: nil, answers: records)
    let error = #expect(throws: DNSError.self) { try assembly.add(message) }
    #expect(error?.code == .incomplete, "\(what)")
    #expect(throws: DNSError.self) { try assembly.finish() }
  }

  @Test func aZoneThatChangesMeanwhileIsAnError() throws {
    var assembly = ZoneAssembly(zone: Samples.zone, server: ServerAddress(address: .v4(1), port: 53))
    guard case .soa(var soa) = Samples.authority.data else { return }
    soa.serial += 1
    let closing = ResourceRecord(name: Samples.zone, ttl: 180, data: .soa(soa))
    let message = Message(
      id: 0, opcode: .query, flags: .response, question: nil, answers: [Samples.authority, Samples.address, closing])
    #expect(throws: DNSError.self) { try assembly.add(message) }
  }
}
