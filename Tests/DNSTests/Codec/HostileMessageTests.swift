import Federation
import Glibc
import Testing

@testable import DNS

/// Bytes that nobody honest sends. None may trap, and none may be taken for more than they are.
struct HostileMessageTests {
  private static let header = "0001 8400 0001 0000 0000 0000"

  @Test(arguments: [
    ("a pointer to itself", "c00c 0001 0001", MessageError.badPointer(at: 12)),
    ("a pointer forwards", "c00e 0001 0001", .badPointer(at: 12)),
    ("a pointer into the header", "0161 c002 0001 0001", .badPointer(at: 14)),
    ("a name that ends in itself", "0161 c00c 0001 0001", .badPointer(at: 14)),
    ("half a pointer", "c0", .cutShort(at: 12)),
    ("an extended label", "41 00 0001 0001", .badLabel(at: 12)),
    ("a label longer than the rest", "3f 61", .cutShort(at: 14)),
    ("no end", "0161", .cutShort(at: 14)),
    ("bytes after the end", "00 0001 0001 ff", .trailingBytes(at: 17)),
  ])
  func refusesNames(what: String, question: String, error: MessageError) {
    #expect(throws: error) { try Message(decoding: bytes(Self.header + question)) }
  }

  @Test func refusesNamesOver255Bytes() {
    let label = "3f" + String(repeating: "61", count: 63)
    let wire = bytes(Self.header + String(repeating: label, count: 4) + "00 0001 0001")
    #expect(throws: MessageError.nameTooLong(at: 12)) { try Message(decoding: wire) }
  }

  @Test func countsThePointersOfAName() {
    // A record whose data is a chain of pointers, each to the one before, and then a name at its far end.
    var wire = bytes("0001 8400 0000 0002 0000 0000 00 ffff 0001 00000000 0200")
    let start = wire.count
    wire += [0x00, 0x00]
    for index in 1..<256 {
      let target = start + 2 * (index - 1)
      wire += [0xC0 | UInt8(target >> 8), UInt8(target & 0xFF)]
    }
    let last = wire.count - 2
    let record = [0xC0 | UInt8(last >> 8), UInt8(last & 0xFF)] + bytes("ffff 0001 00000000 0000")
    #expect(throws: MessageError.self) { try Message(decoding: wire + record) }
    let near = start + 2 * 100
    let short = [0xC0 | UInt8(near >> 8), UInt8(near & 0xFF)] + bytes("ffff 0001 00000000 0000")
    #expect(throws: Never.self) { try Message(decoding: wire + short) }
  }

  @Test(arguments: [
    ("an A of three bytes", "00 0001 0001 00000000 0003 010203", MessageError.badData(.a, at: 23)),
    ("an A of no bytes", "00 0001 0001 00000000 0000", .badData(.a, at: 23)),
    ("a TXT string longer than its record", "00 0010 0001 00000000 0002 0261", .badData(.txt, at: 24)),
    ("a CNAME with bytes after it", "00 0005 0001 00000000 0002 0000", .badData(.cname, at: 23)),
    ("data longer than the message", "00 0001 0001 00000000 ffff 01", .cutShort(at: 24)),
    ("OPT among the answers", "00 0029 04d0 00000000 0000", .misplaced(.opt)),
    ("TSIG among the answers", "00 00fa 00ff 00000000 0000", .misplaced(.tsig)),
  ])
  func refusesData(what: String, record: String, error: MessageError) {
    #expect(throws: error) { try Message(decoding: bytes("0001 8400 0000 0001 0000 0000" + record)) }
  }

  @Test func refusesTwoQuestionsAndTwoExtensions() {
    #expect(throws: MessageError.severalQuestions) {
      try Message(decoding: bytes("0001 0000 0002 0000 0000 0000 00 0001 0001 00 0001 0001"))
    }
    let option = "00 0029 04d0 00000000 0000"
    #expect(throws: MessageError.misplaced(.opt)) {
      try Message(decoding: bytes("0001 0000 0000 0000 0000 0002" + option + option))
    }
  }

  @Test func reservesNothingOnAClaim() {
    #expect(throws: MessageError.cutShort(at: 12)) { try Message(decoding: bytes("0001 8400 0000 ffff ffff ffff")) }
  }

  @Test func everyPrefixIsRefused() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      let wire = try random.message().encoded()
      for count in 0..<wire.count {
        #expect(throws: MessageError.self) { try Message(decoding: Array(wire[..<count])) }
      }
    }
  }

  /// `ZONETOP_FUZZ` sets how many; 100,000 otherwise.
  @Test func mutatedMessagesNeitherTrapNorChangeMeaning() throws {
    let count = getenv("ZONETOP_FUZZ").flatMap { Int(String(cString: $0)) } ?? 100_000
    var random = SeededGenerator(seed: 42)
    var seeds: [[UInt8]] = []
    for _ in 0..<200 { seeds.append(try random.message().encoded()) }
    var understood = 0
    for _ in 0..<count {
      var wire = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0..<wire.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: wire[index] = UInt8.random(in: 0 ... .max, using: &random)
        case 1: wire[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: wire.replaceSubrange(index..., with: random.bytes(0...20))
        case 3: wire.insert(0xC0, at: index)
        case 4: wire.remove(at: index)
        default: wire[index] = [0, 0x3F, 0x40, 0xC0, 0xFF].randomElement(using: &random) ?? 0
        }
        if wire.isEmpty { wire = [0] }
      }
      guard let message = try? Message(decoding: wire) else { continue }
      understood += 1
      // What was understood can be said again, and means the same.
      let again = try Message(decoding: try message.encoded())
      if again != message { Issue.record("changed its meaning: \(wire)") }
    }
    #expect(understood > count / 20, "the mutations should leave some messages readable")
  }

  @Test func noiseIsRefused() {
    var random = SeededGenerator(seed: 43)
    for _ in 0..<5_000 { _ = try? Message(decoding: random.bytes(0...600)) }
  }
}
