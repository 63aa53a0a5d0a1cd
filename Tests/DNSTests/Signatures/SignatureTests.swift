import Federation
import Cryptography
import Testing

@testable import DNS

struct SignatureTests {
  private let key = TransactionKey(
    name: DomainName(canonical: "ddns"), algorithm: .sha256, secret: Array("secret".utf8))
  private let time = Timestamp(seconds: 1_700_000_000)
  private let query = Message.query(Samples.question, id: 1, flags: [], edns: .standard)

  private func answers(_ count: Int) throws -> [[UInt8]] {
    try (0..<count).map { index in
      var reply = query.reply(.noError)
      reply.answers = [ResourceRecord(name: Samples.name, ttl: UInt32(index), data: .address(.v4(1)))]
      return try reply.encoded()
    }
  }

  /// Signs the messages of a stream as RFC 8945 section 5.3.1 has it: every `step`th, and the last.
  private func stream(_ messages: [[UInt8]], requestCode: [UInt8], every step: Int) throws -> [[UInt8]] {
    var prior = requestCode
    var pending: [UInt8] = []
    return try messages.enumerated().map { index, message in
      if index == 0 {
        let signed = try key.sign(message, at: time, requestCode: prior)
        prior = signed.code
        return signed.bytes
      }
      pending += message
      guard index % step == 0 || index == messages.count - 1 else { return message }
      var signature = try #require(
        try Message(decoding: try key.sign(message, at: time, requestCode: nil).bytes).signature)
      signature.code = try key.code(of: [0, UInt8(prior.count)] + prior + pending + signature.timers)
      prior = signature.code
      pending = []
      var bytes = message + signature.record
      bytes[11] += 1
      return bytes
    }
  }

  @Test func requestAndAnswerAreChained() throws {
    let request = try key.sign(try query.encoded(), at: time, requestCode: nil)
    var server = SignatureVerifier(key: key, requestCode: nil)
    let asked = try server.verify(request.bytes, at: time)
    #expect(asked.question == Samples.question && asked.edns == .standard)
    #expect(server.code == request.code)
    let answer = try key.sign(try answers(1)[0], at: time, requestCode: server.code)
    var client = SignatureVerifier(key: key, requestCode: request.code)
    #expect(try client.verify(answer.bytes, at: time).answers.count == 1)
    #expect(client.isComplete)
    var other = SignatureVerifier(key: key, requestCode: [1, 2, 3])
    #expect(throws: SignatureError.badSignature(key.name, saidByServer: false)) {
      try other.verify(answer.bytes, at: time)
    }
  }

  @Test func everyChangedByteIsNoticed() throws {
    let request = try key.sign(try query.encoded(), at: time, requestCode: nil).bytes
    for index in request.indices {
      var forged = request
      forged[index] ^= 0x01
      var server = SignatureVerifier(key: key, requestCode: nil)
      // The id on the wire is not covered: forwarders change it, the original is inside.
      if index < 2 { continue }
      #expect(throws: SignatureError.self, "byte \(index)") { try server.verify(forged, at: time) }
    }
  }

  @Test(arguments: [(-301, false), (-300, true), (0, true), (300, true), (301, false)])
  func clocksMayDifferByFiveMinutes(seconds: Int, isGood: Bool) throws {
    let request = try key.sign(try query.encoded(), at: time, requestCode: nil).bytes
    var server = SignatureVerifier(key: key, requestCode: nil)
    do {
      _ = try server.verify(request, at: time + .seconds(seconds))
      #expect(isGood)
    } catch {
      #expect(!isGood)
      #expect(error == .badTime(key.name, difference: .seconds(301), saidByServer: false))
    }
  }

  @Test(arguments: [1, 2, 50, 99])
  func streamsMayLeaveSignaturesOut(step: Int) throws {
    let messages = try answers(200)
    var verifier = SignatureVerifier(key: key, requestCode: [7])
    for wire in try stream(messages, requestCode: [7], every: step) { _ = try verifier.verify(wire, at: time) }
    #expect(verifier.isComplete)
  }

  @Test func streamsMustNotLeaveTooManyOut() throws {
    var verifier = SignatureVerifier(key: key, requestCode: [7])
    let wires = try stream(try answers(102), requestCode: [7], every: 500)
    for wire in wires[..<100] { _ = try verifier.verify(wire, at: time) }
    #expect(!verifier.isComplete, "an unsigned end proves nothing")
    #expect(throws: SignatureError.tooManyUnsigned(key.name)) { try verifier.verify(wires[100], at: time) }
  }

  @Test func aStreamWithAMessageLostOrAddedIsNoticed() throws {
    var wires = try stream(try answers(10), requestCode: [7], every: 3)
    wires.remove(at: 4)
    var verifier = SignatureVerifier(key: key, requestCode: [7])
    #expect(throws: SignatureError.self) { for wire in wires { _ = try verifier.verify(wire, at: time) } }
    var first = SignatureVerifier(key: key, requestCode: [7])
    #expect(throws: SignatureError.missing(key: key.name)) { try first.verify(try answers(1)[0], at: time) }
  }

  @Test func secretsAreNeverShown() {
    let key = TransactionKey(name: DomainName(canonical: "ddns"), algorithm: .sha512, secret: Array("hunter2".utf8))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])", "\(Optional(key) as Any)"] {
      #expect(!text.contains("hunter2") && !text.contains("104") && text.contains("ddns"))
    }
  }
}
