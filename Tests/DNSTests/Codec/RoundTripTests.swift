import Federation
import Testing

@testable import DNS

struct RoundTripTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func whatIsWrittenIsRead(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let message = random.message()
      let wire = try message.encoded()
      #expect(try Message(decoding: wire) == message, "seed \(seed)")
    }
  }

  @Test func compressesEveryRepeatedName() throws {
    let zone = try DomainName("nginx.mynamespace.myfederation.svc.example.com")
    let message = Message(
      id: 1, opcode: .query, flags: .response, question: Question(name: zone, type: .a),
      answers: (0..<20).map { ResourceRecord(name: zone, ttl: 180, data: .address(.v4($0))) })
    // Header, question, and 16 bytes a record: a pointer, ten fixed bytes, four of the address.
    #expect(try message.encoded().count == 12 + zone.text.utf8.count + 2 + 4 + 20 * 16)
  }

  @Test func compressesBeyondWhatPointersReach() throws {
    let zone = try DomainName("example.com")
    let names = try (0..<2_000).map { try zone.child("host-\($0)") }
    let message = Message(
      id: 1, opcode: .query, flags: .response, question: Question(name: zone, type: .axfr),
      answers: names.map { ResourceRecord(name: $0, ttl: 180, data: .cname($0)) })
    let wire = try message.encoded()
    #expect(wire.count > 0x4000)
    #expect(try Message(decoding: wire) == message)
  }

  @Test(arguments: ["a..b", ".a", "a\\", "a\\25", "a\\300", String(repeating: "a", count: 64)])
  func refusesNamesThatDNSCannotHold(text: String) {
    let message = Message.query(
      Question(name: DomainName(canonical: text), type: .a), id: 1, flags: [], edns: nil)
    #expect(throws: MessageError.cannotEncode(.a)) { try message.encoded() }
  }

  @Test func refusesWhatIsTooLong() throws {
    let name = DomainName(canonical: Array(repeating: "abcdefg", count: 32).joined(separator: "."))
    #expect(throws: MessageError.cannotEncode(.a)) {
      try Message.query(Question(name: name, type: .a), id: 1, flags: [], edns: nil).encoded()
    }
    let text = ResourceRecord(name: .root, ttl: 0, data: .txt([[UInt8](repeating: 0, count: 256)]))
    #expect(throws: MessageError.cannotEncode(.txt)) {
      try Message(id: 1, opcode: .query, flags: [], question: nil, answers: [text]).encoded()
    }
    let large = ResourceRecord(
      name: .root, type: ResourceType(rawValue: 999), resourceClass: .internet, ttl: 0,
      data: .opaque([UInt8](repeating: 0, count: 40_000)))
    #expect(throws: MessageError.tooLong(limit: 65_535)) {
      try Message(id: 1, opcode: .query, flags: [], question: nil, answers: [large, large]).encoded()
    }
  }
}
