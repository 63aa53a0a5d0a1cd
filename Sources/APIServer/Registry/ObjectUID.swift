/// Identifiers for objects: in the form of a version 4 UUID, but computed, so that a simulated world is the same each time.
enum ObjectUID {
  static func text(kind: KindID, name: ObjectName, admission: Admission) -> String {
    let seed =
      "\(kind.group)/\(kind.plural)/\(name.namespace)/\(name.name)/\(admission.sequence)/\(admission.unixSeconds)"
    let high = StableHash.value(seed)
    let low = StableHash.value("\(seed)/\(high)")
    let digits = hex(high) + hex(low)
    func part(_ range: Range<Int>) -> Substring {
      digits[
        digits.index(
          digits.startIndex, offsetBy: range.lowerBound)..<digits.index(
            digits.startIndex, offsetBy: range.upperBound)]
    }
    return "\(part(0..<8))-\(part(8..<12))-4\(part(13..<16))-a\(part(17..<20))-\(part(20..<32))"
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The five characters that complete a generated name, from the alphabet that Kubernetes uses.
enum NameSuffix {
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  static func text(for sequence: UInt64) -> String {
    var rest = StableHash.value(String(sequence))
    return String(
      (0..<5).map { _ in
        defer { rest /= UInt64(alphabet.count) }
        return alphabet[Int(rest % UInt64(alphabet.count))]
      })
  }
}

/// A hash that is the same in every process: FNV-1a of the text, mixed once more.
package enum StableHash {
  package static func value(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 33
    hash = hash &* 0xff51_afd7_ed55_8ccd
    return hash ^ (hash >> 29)
  }
}
