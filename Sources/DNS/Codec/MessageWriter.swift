import Federation

/// Writes one message's bytes from front to back into memory that is larger than the limit by one name.
///
/// Names are compressed wherever RFC 1035 lets every reader follow (its own types' data; never TSIG or unknown types).
struct MessageWriter {
  /// By how much the memory exceeds the limit: a whole name is written before it is shortened to a pointer.
  static let slack = 256

  let bytes: UnsafeMutablePointer<UInt8>
  /// Where the bytes must end.
  var limit: Int
  var position = 0
  var table: NameTable
  /// Scratch: where the labels of the name being written begin.
  let labels: UnsafeMutablePointer<UInt32>
  /// The owners most likely to come again, with where they begin.
  var question: (name: DomainName, offset: Int)?
  var owner: (name: DomainName, offset: Int)?

  mutating func byte(_ value: UInt8) throws(MessageError) {
    guard position < limit else { throw .tooLong(limit: limit) }
    bytes[position] = value
    position += 1
  }

  mutating func word(_ value: UInt16) throws(MessageError) {
    guard limit - position >= 2 else { throw .tooLong(limit: limit) }
    store(value)
  }

  mutating func long(_ value: UInt32) throws(MessageError) {
    guard limit - position >= 4 else { throw .tooLong(limit: limit) }
    store(value)
  }

  mutating func quad(_ value: UInt64) throws(MessageError) {
    guard limit - position >= 8 else { throw .tooLong(limit: limit) }
    store(value)
  }

  mutating func append(_ more: [UInt8]) throws(MessageError) {
    guard limit - position >= more.count else { throw .tooLong(limit: limit) }
    more.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      (bytes + position).update(from: start, count: source.count)
    }
    position += more.count
  }

  /// Overwrites the 16-bit word at an offset that was written before.
  func patch(_ value: UInt16, at offset: Int) {
    UnsafeMutableRawPointer(bytes + offset).storeBytes(of: value.bigEndian, as: UInt16.self)
  }

  private mutating func store<Value: FixedWidthInteger>(_ value: Value) {
    UnsafeMutableRawPointer(bytes + position).storeBytes(of: value.bigEndian, as: Value.self)
    position += MemoryLayout<Value>.size
  }
}
