import Federation
import Testing

@testable import DNS

struct TruncationTests {
  @Test func keepsWholeRecordSetsAndSaysSo() throws {
    let name = try DomainName("a.example.com")
    let other = try DomainName("b.example.com")
    var message = Message(
      id: 1, opcode: .query, flags: [.response, .authoritative], question: Question(name: name, type: .a),
      answers: [ResourceRecord(name: name, ttl: 180, data: .cname(other))]
        + (0..<100).map { ResourceRecord(name: other, ttl: 180, data: .address(.v4($0))) },
      additionals: [ResourceRecord(name: name, ttl: 1, data: .address(.v4(1)))], edns: .standard)
    for limit in [512, 1232] {
      let wire = try message.encoded(truncatingTo: limit)
      #expect(wire.count <= limit)
      let short = try Message(decoding: wire)
      #expect(short.flags == [.response, .authoritative, .truncated])
      #expect(short.answers == Array(message.answers.prefix(1)), "half a record set would be taken for the whole")
      #expect(short.additionals.isEmpty)
      #expect(short.edns == .standard)
    }
    message.answers = Array(message.answers.prefix(30))
    let whole = try Message(decoding: try message.encoded(truncatingTo: 1232))
    #expect(whole == message, "what fits is not truncated")
  }

  @Test func leavesAdditionalRecordsOutSilently() throws {
    let name = try DomainName("a.example.com")
    let message = Message(
      id: 1, opcode: .query, flags: .response, question: Question(name: name, type: .a),
      answers: [ResourceRecord(name: name, ttl: 1, data: .address(.v4(1)))],
      additionals: (0..<100).map { ResourceRecord(name: name, ttl: 1, data: .address(.v6(0, $0))) })
    let short = try Message(decoding: try message.encoded(truncatingTo: 512, reserving: 100))
    #expect(!short.flags.contains(.truncated))
    #expect(short.answers == message.answers && short.additionals.isEmpty)
  }
}
