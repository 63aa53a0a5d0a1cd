/// A hash that is the same in every process (FNV-1a, 64 bits, twice with different beginnings): it ties a confirmation to
/// what was shown and guards against accidents, not against forgery.
struct StableHash {
  private var one: UInt64 = 0xCBF2_9CE4_8422_2325
  private var other: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ text: String) {
    for byte in text.utf8 { mix(byte) }
    mix(0)
  }

  private mutating func mix(_ byte: UInt8) {
    one = (one ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    other = (other ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  var text: String { [one, other].map { String($0, radix: 16) }.joined() }
}
