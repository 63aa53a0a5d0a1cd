import Cryptography
import Federation
import Testing

@testable import DNS

/// Whom a listener believes that a zone has changed, and whom it does not even answer (RFC 1996).
struct NotifyTests {
  private static let sender = IPAddress.v4(0x7F00_0001)
  private static let key = TransactionKey(
    name: DomainName(canonical: "ddns"), algorithm: .sha256, secret: Array("a secret".utf8))

  private func judge(_ key: TransactionKey? = nil) -> NotifyJudge {
    NotifyJudge(zone: Samples.zone, senders: [Self.sender], key: key, now: { Timestamp(nanoseconds: 0) })
  }

  private func notify(_ zone: DomainName = Samples.zone, _ change: (inout Message) -> Void = { _ in }) throws
    -> [UInt8]
  {
    var message = Message(
      id: 4711, opcode: .notify, flags: .authoritative, question: Question(name: zone, type: .soa),
      answers: [Samples.authority])
    change(&message)
    return try message.encoded()
  }

  @Test func aKnownPrimaryIsHeardAndAnswered() throws {
    let (reply, notification) = try #require(judge().judge(try notify(), from: Self.sender))
    #expect(notification == ZoneNotification(zone: Samples.zone, serial: 7, sender: Self.sender))
    let answer = try Message(decoding: reply)
    #expect(answer.id == 4711 && answer.opcode == .notify && answer.responseCode == .noError)
    #expect(answer.flags.contains(.response))
    let bare = try #require(judge().judge(try notify { $0.answers = [] }, from: Self.sender))
    #expect(bare.notification == ZoneNotification(zone: Samples.zone, serial: nil, sender: Self.sender))
  }

  @Test func othersFindNoEcho() throws {
    #expect(judge().judge(try notify(), from: .v4(0x7F00_0002)) == nil)
    #expect(judge().judge(try notify { $0.flags.insert(.response) }, from: Self.sender) == nil)
    #expect(judge().judge(try notify { $0.opcode = .query }, from: Self.sender) == nil)
    #expect(judge().judge(try notify { $0.question = nil }, from: Self.sender) == nil)
    #expect(judge().judge(Array("garbage that is no message".utf8), from: Self.sender) == nil)
    #expect(judge().judge([], from: Self.sender) == nil)
  }

  @Test func anotherZoneIsNotOurs() throws {
    let (reply, notification) = try #require(
      judge().judge(try notify(DomainName(canonical: "example.org")), from: Self.sender))
    #expect(notification == nil)
    #expect(try Message(decoding: reply).responseCode == .notAuthoritative)
  }

  @Test func withAKeyOnlyItsSignatureCounts() throws {
    let time = Timestamp(nanoseconds: 0)
    #expect(judge(Self.key).judge(try notify(), from: Self.sender) == nil)
    let other = TransactionKey(name: Self.key.name, algorithm: .sha256, secret: Array("another".utf8))
    let forged = try other.sign(try notify(), at: time, requestCode: nil)
    #expect(judge(Self.key).judge(forged.bytes, from: Self.sender) == nil)
    let late = try Self.key.sign(try notify(), at: Timestamp(nanoseconds: 301_000_000_000), requestCode: nil)
    #expect(judge(Self.key).judge(late.bytes, from: Self.sender) == nil)
    let signed = try Self.key.sign(try notify(), at: time, requestCode: nil)
    let (reply, notification) = try #require(judge(Self.key).judge(signed.bytes, from: Self.sender))
    #expect(notification?.serial == 7)
    var verifier = SignatureVerifier(key: Self.key, requestCode: signed.code)
    #expect(try verifier.verify(reply, at: time).responseCode == .noError)
  }

  @Test func listensOverTCPTooAndEndsItsStream() async throws {
    let listener = try await NotifyListener.start(
      on: try #require(ServerAddress("127.0.0.1")).with(port: 0), zone: Samples.zone, senders: [Self.sender],
      key: Self.key)
    let message = Message(
      id: 1, opcode: .notify, flags: [], question: Question(name: Samples.zone, type: .soa),
      answers: [Samples.authority])
    let reply = try await Samples.patient.exchange(message, with: listener.address, key: Self.key)
    #expect(reply.message.responseCode == .noError)
    let refusal = await #expect(throws: DNSError.self) {
      try await Samples.patient.exchange(message, with: listener.address, key: nil)
    }
    #expect(refusal?.code == .closed)
    await listener.close()
    var heard: [ZoneNotification] = []
    for await notification in listener.notifications { heard.append(notification) }
    #expect(heard.map(\.serial) == [7])
  }

  @Test func aTakenPortIsNamed() async throws {
    let address = try #require(ServerAddress("127.0.0.1")).with(port: 0)
    let first = try await NotifyListener.start(on: address, zone: Samples.zone, senders: [], key: nil)
    let error = await #expect(throws: DNSError.self) {
      try await NotifyListener.start(on: first.address, zone: Samples.zone, senders: [], key: nil)
    }
    #expect(error?.code == .unreachable)
    #expect(error?.description.contains("\(first.address)") == true)
    await first.close()
  }
}

extension ServerAddress {
  fileprivate func with(port: UInt16) -> ServerAddress { ServerAddress(address: address, port: port) }
}
