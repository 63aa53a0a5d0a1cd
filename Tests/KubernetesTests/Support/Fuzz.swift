import Glibc

/// A repeatable source of randomness: the same seed gives the same inputs.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

enum Fuzz {
  /// How many inputs to try: `ZONETOP_FUZZ`, or a number that suits every run.
  static var rounds: Int { getenv("ZONETOP_FUZZ").flatMap { Int(String(cString: $0)) } ?? 1_500 }

  /// `bytes` with a few bytes changed, removed, doubled or cut off.
  static func mutate(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(bytes[Int.random(in: bytes.indices, using: &generator)], at: index)
      case 4: bytes.removeSubrange(index...)
      default:
        let other = Int.random(in: bytes.indices, using: &generator)
        bytes.insert(contentsOf: bytes[min(index, other)..<max(index, other)].prefix(40), at: index)
      }
    }
    return bytes
  }
}
