import Federation
import Testing

@testable import DNS

/// Messages as other programs put them on the wire, byte by byte.
struct GoldenMessageTests {
  /// `dig +noedns www.Example.com A` with the letters as typed.
  static let query: [UInt8] = bytes(
    "1234 0120 0001 0000 0000 0000 03777777 074578616d706c65 03636f6d 00 0001 0001")

  @Test func readsAQuestionAndKeepsItsSpelling() throws {
    let message = try Message(decoding: Self.query)
    #expect(message.id == 0x1234)
    #expect(message.flags == [.recursionDesired, .authenticData])
    #expect(message.question == Question(name: DomainName(canonical: "www.example.com"), type: .a))
    #expect(try message.encoded() == Self.query)
    let answer = try message.reply(.noError, flags: .authoritative).encoded()
    #expect(Array(answer[12...]) == Array(Self.query[12...]), "an answer repeats the question letter by letter")
  }

  @Test func followsACompressedChain() throws {
    let wire = bytes(
      """
      0001 8400 0001 0003 0000 0001 0161 02696e 0474657374 00 0001 0001
      c00c 0005 0001 000000b4 0004 0162 c00e
      c027 0001 0001 0000003c 0004 7f000001
      c027 0001 0001 0000003c 0004 7f000002
      00 0029 04d0 00008000 0000
      """)
    let message = try Message(decoding: wire)
    let b = DomainName(canonical: "b.in.test")
    #expect(
      message.answers == [
        ResourceRecord(name: DomainName(canonical: "a.in.test"), ttl: 180, data: .cname(b)),
        ResourceRecord(name: b, ttl: 60, data: .address(.v4(0x7F00_0001))),
        ResourceRecord(name: b, ttl: 60, data: .address(.v4(0x7F00_0002))),
      ])
    #expect(message.edns == EDNS(payloadSize: 1232, flags: 0x8000))
    #expect(message.additionals.isEmpty)
    #expect(try message.encoded() == wire, "names are compressed as a server compresses them")
  }

  @Test func writesAnUpdateWithItsClasses() throws {
    let zone = DomainName(canonical: "z")
    let name = DomainName(canonical: "n.z")
    let message = Message.update(
      zone: zone, prerequisites: [.isMissing(name, .cname), .existsExactly(name, .txt([[0x67]]))],
      updates: [.deleteSet(name, .a), .delete(name, .address(.v4(1)))], id: 7)
    let wire = bytes(
      """
      0007 2800 0001 0002 0002 0000 017a 00 0006 0001
      016e c00c 0005 00fe 00000000 0000
      c013 0010 0001 00000000 0002 0167
      c013 0001 00ff 00000000 0000
      c013 0001 00fe 00000000 0004 00000001
      """)
    #expect(try message.encoded() == wire)
    let back = try Message(decoding: wire)
    #expect(back == message)
    #expect(back.prerequisites.count == 2 && back.updates.count == 2)
  }
}

/// Bytes from hexadecimal digits; everything else is space.
func bytes(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
