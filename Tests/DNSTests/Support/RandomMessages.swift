import Federation

@testable import DNS

extension SeededGenerator {
  mutating func bytes(_ counts: ClosedRange<Int>) -> [UInt8] {
    (0..<Int.random(in: counts, using: &self)).map { _ in UInt8.random(in: 0 ... .max, using: &self) }
  }

  /// Mostly names that share their ends, sometimes ones of any bytes and the greatest length.
  mutating func name() -> DomainName {
    let common = ["example", "com", "svc", "nginx", "us-central1", "a", "b"]
    var labels: [[UInt8]] = []
    for _ in 0..<Int.random(in: 0...5, using: &self) {
      let isOdd = Int.random(in: 0..<8, using: &self) == 0
      labels.append(isOdd ? bytes(1...63) : Array((common.randomElement(using: &self) ?? "a").utf8))
    }
    return (try? DomainName(wireLabels: labels)) ?? .root
  }

  mutating func record(in section: Int, of opcode: Opcode) -> ResourceRecord {
    let name = name()
    if opcode == .update, Bool.random(using: &self) {
      return [.exists(name, .a), .isMissing(name, .txt), .nameIsFree(name)].randomElement(using: &self)
        ?? .exists(name, .a)
    }
    let data: RecordData
    var type: ResourceType?
    switch Int.random(in: 0..<8, using: &self) {
    case 0: data = .address(.v4(.random(in: 0 ... .max, using: &self)))
    case 1: data = .address(.v6(next(), next()))
    case 2: data = .cname(self.name())
    case 3: data = .ns(self.name())
    case 4: data = .txt((0..<Int.random(in: 1...3, using: &self)).map { _ in bytes(0...255) })
    case 5:
      data = .soa(
        StartOfAuthority(
          primary: self.name(), mailbox: self.name(), serial: .random(in: 0 ... .max, using: &self), refresh: 1,
          retry: 2, expire: 3, minimum: 4))
    case 6:
      data = .opaque(bytes(1...40))
      type = ResourceType(rawValue: .random(in: 256...65_535, using: &self))
    default:
      data = .empty
      type = ResourceType(rawValue: .random(in: 256...65_535, using: &self))
    }
    return ResourceRecord(
      name: name, type: type ?? data.type ?? .any, resourceClass: .internet, ttl: .random(in: 0 ... .max, using: &self),
      data: data)
  }

  mutating func message() -> Message {
    let opcode = [Opcode.query, .update, .notify].randomElement(using: &self) ?? .query
    func records(_ section: Int) -> [ResourceRecord] {
      (0..<Int.random(in: 0...6, using: &self)).map { _ in record(in: section, of: opcode) }
    }
    var message = Message(
      id: .random(in: 0 ... .max, using: &self), opcode: opcode,
      flags: MessageFlags(rawValue: UInt16(truncatingIfNeeded: next())),
      responseCode: ResponseCode(rawValue: .random(in: 0...10, using: &self)),
      question: Bool.random(using: &self) ? Question(name: name(), type: .a) : nil, answers: records(0),
      authorities: records(1), additionals: records(2))
    if Bool.random(using: &self) {
      message.edns = EDNS(payloadSize: 1232, flags: 0x8000, options: [EDNS.Option(code: 10, bytes: bytes(0...16))])
      message.responseCode = ResponseCode(rawValue: .random(in: 0...4095, using: &self))
    }
    if Bool.random(using: &self) {
      message.signature = TransactionSignature(
        keyName: name(), algorithm: name(), time: next() >> 16, fudge: 300, code: bytes(0...64), originalID: message.id,
        error: .badTime, other: bytes(0...6))
    }
    return message
  }
}
