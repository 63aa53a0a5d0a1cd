import Federation

@testable import DNS

/// What several tests talk about.
enum Samples {
  static let zone = DomainName(canonical: "example.com")
  static let name = DomainName(canonical: "nginx.example.com")
  static let question = Question(name: name, type: .a)
  static let address = ResourceRecord(name: name, ttl: 180, data: .address(.v4(0x82D3_39F3)))
  static let authority = ResourceRecord(
    name: zone, ttl: 180,
    data: .soa(
      StartOfAuthority(
        primary: DomainName(canonical: "ns.example.com"), mailbox: DomainName(canonical: "admin.example.com"),
        serial: 7, refresh: 1, retry: 1, expire: 1, minimum: 1)))

  /// Short enough for a test that waits for the end of them.
  static let impatient = DNSClient(
    timing: DNSTiming(
      attempts: [.milliseconds(30), .milliseconds(30)], connect: .seconds(5), silence: .milliseconds(60)),
    now: DNSClient.systemTime)

  /// For tests in which an answer comes.
  static let patient = DNSClient(
    timing: DNSTiming(attempts: [.seconds(20)], connect: .seconds(20), silence: .seconds(20)), now: DNSClient.systemTime
  )

  /// The whole answer to an encoded question.
  static func answer(to query: [UInt8], _ records: [ResourceRecord]) -> [UInt8] {
    guard var message = try? Message(decoding: query).reply(.noError, flags: .authoritative) else { return [] }
    message.answers = records
    return (try? message.encoded()) ?? []
  }
}
