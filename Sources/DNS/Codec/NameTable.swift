/// Where the suffixes of the names written so far begin, so that later names can point to them.
///
/// A trie in an open-addressed table: a suffix is its first label and the offset at which the rest was first written. A
/// full table stops learning; messages only become longer by that.
struct NameTable {
  /// The offset of a suffix in the upper half, that of its rest in the lower; 0 is a free slot, for no suffix begins at 0.
  let slots: UnsafeMutableBufferPointer<UInt32>
  var used = 0

  init(_ slots: UnsafeMutableBufferPointer<UInt32>) {
    slots.initialize(repeating: 0)
    self.slots = slots
  }

  /// The number of slots, a power of two, that suits a message with so many records.
  static func capacity(records: Int) -> Int {
    records <= 6 ? 64 : records <= 100 ? 1024 : 8192
  }

  /// Where the suffix was written before whose first label is at `label` in `bytes` (length byte first) and whose rest
  /// was written at `rest` (0 for the root).
  func find(_ label: Int, rest: Int, in bytes: UnsafePointer<UInt8>) -> Int? {
    let count = Int(bytes[label])
    var slot = hash(bytes + label, count + 1, rest) & (slots.count - 1)
    while slots[slot] != 0 {
      let offset = Int(slots[slot] >> 16)
      if Int(slots[slot] & 0xFFFF) == rest, isEqual(bytes + offset, bytes + label, count + 1) { return offset }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers a suffix that ``find(_:rest:in:)`` did not find; says whether there was room, and a pointer that reaches.
  mutating func learn(_ label: Int, rest: Int, in bytes: UnsafePointer<UInt8>) -> Bool {
    guard label < 0x4000, used < slots.count / 4 * 3 else { return false }
    var slot = hash(bytes + label, Int(bytes[label]) + 1, rest) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(label) << 16 | UInt32(rest)
    used += 1
    return true
  }

  private func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ rest: Int) -> Int {
    var hash = UInt32(truncatingIfNeeded: rest) &* 0x9E37_79B1
    for index in 0..<count { hash = (hash ^ UInt32(bytes[index])) &* 0x0100_0193 }
    return Int(hash ^ hash >> 15)
  }

  private func isEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for index in 0..<count where left[index] != right[index] { return false }
    return true
  }
}
