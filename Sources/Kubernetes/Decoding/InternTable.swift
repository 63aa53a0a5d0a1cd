import Glibc
import JSON

/// A small cache of strings by their bytes, so that the namespaces, zones and label keys of a list are each made once.
///
/// Direct-mapped: a string that collides simply takes the place. Bounded in entries and in the length of what it
/// keeps, whatever the input.
struct InternTable: Sendable {
  private var entries = [String](repeating: "", count: 512)

  /// The text, cleaned for the screen unless it is a plain name.
  mutating func string(_ text: JSONText) -> String {
    text.hasEscapes ? cleaned(text.string) : string(text.bytes)
  }

  mutating func string(_ text: ProtobufBytes) -> String { string(text.bytes) }

  private mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    // Up to fifteen bytes live inside the String itself: nothing to share.
    guard bytes.count > 15, bytes.count <= 128, let start = bytes.baseAddress else { return cleanString(bytes) }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let slot = Int(truncatingIfNeeded: (hash ^ hash >> 32) & 511)
    let isKnown =
      entries[slot].utf8.withContiguousStorageIfAvailable { known in
        guard known.count == bytes.count, let knownStart = known.baseAddress else { return false }
        return memcmp(knownStart, start, bytes.count) == 0
      } ?? false
    if isKnown { return entries[slot] }
    let string = cleanString(bytes)
    entries[slot] = string
    return string
  }
}
