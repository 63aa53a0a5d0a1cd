import Federation
import Glibc
import Cryptography
import Testing

@testable import DNS

/// What only somebody else's server can say: that our messages and signatures are what the RFCs mean.
@Suite(.enabled(if: BindServer.path != nil, "BIND is not installed: apt-get install bind9"))
struct BindTests {
  private let name = DomainName(canonical: "nginx.mynamespace.example.com")

  private func update(_ address: UInt32) -> Message {
    .update(
      zone: Samples.zone, prerequisites: [.isMissing(name, .cname)],
      updates: [.deleteSet(name, .a), ResourceRecord(name: name, ttl: 180, data: .address(.v4(address)))], id: 0)
  }

  @Test func signedUpdatesAreTakenWithEveryAlgorithm() async throws {
    let bind = try await BindServer()
    let client = Samples.patient
    let connection = try await client.connect(to: bind.address)
    for (index, key) in bind.keys.enumerated() {
      let reply = try await connection.exchange(update(UInt32(index) + 1), key: key)
      #expect(reply.message.responseCode == .noError, "\(key)")
      let answer = try await client.query(Question(name: name, type: .a), at: bind.address, flags: [])
      #expect(answer.message.answers.map(\.data) == [.address(.v4(UInt32(index) + 1))])
      #expect(answer.message.flags.contains(.authoritative) && answer.transport == .udp)
    }
    let fenced = Message.update(
      zone: Samples.zone, prerequisites: [.isMissing(name, .a)], updates: [.deleteSet(name, .a)], id: 0)
    #expect(try await connection.exchange(fenced, key: bind.keys[0]).message.responseCode == .recordSetExists)
    await connection.close()
  }

  @Test func wholeZonesAreReadInManySignedMessages() async throws {
    let bind = try await BindServer()
    for key in bind.keys {
      let transfer = try await Samples.patient.zoneTransfer(Samples.zone, from: bind.address, key: key)
      #expect(transfer.messageCount > 1)
      #expect(transfer.records.filter { $0.type == .a }.count == BindServer.hostCount + 1)
      let odd = transfer.records.first { $0.name.text.hasPrefix("odd") }
      #expect(odd?.name.text == "odd\\.name\\032x.example.com")
      #expect(odd?.data == .txt([Array("Upper Case".utf8), [], [200]]))
    }
    let error = await #expect(throws: DNSError.self) {
      try await Samples.patient.zoneTransfer(Samples.zone, from: bind.address, key: nil)
    }
    #expect(error?.code == .answered(.refused))
  }

  @Test func largeAnswersComeOverTCP() async throws {
    let bind = try await BindServer()
    let big = Question(name: DomainName(canonical: "big.example.com"), type: .txt)
    let reply = try await Samples.patient.query(big, at: bind.address, flags: [])
    #expect(reply.transport == .tcp)
    #expect(reply.message.answers.count == 1)
  }

  @Test func wrongKeysAndClocksAreNamed() async throws {
    let bind = try await BindServer()
    let good = bind.keys[0]
    func refusal(_ key: TransactionKey, _ client: DNSClient = Samples.patient) async -> String {
      let error = await #expect(throws: DNSError.self) {
        try await client.exchange(update(9), with: bind.address, key: key)
      }
      #expect(error?.code == .signature)
      #expect(error?.description.contains("\n") == false)
      return error?.description ?? ""
    }
    let wrong = TransactionKey(name: good.name, algorithm: good.algorithm, secret: [1, 2, 3])
    #expect(await refusal(wrong).contains("BADSIG"))
    let unknown = TransactionKey(name: DomainName(canonical: "nobody"), algorithm: .sha256, secret: [1])
    #expect(await refusal(unknown).contains("BADKEY"))
    let late = DNSClient(
      timing: Samples.patient.timing, now: { DNSClient.systemTime() + .seconds(-3_600) })
    #expect(await refusal(good, late).contains("BADTIME"))
    let answer = try await Samples.patient.query(Question(name: name, type: .a), at: bind.address, flags: [])
    #expect(answer.message.responseCode == .nameError, "none of them changed anything")
  }
}
