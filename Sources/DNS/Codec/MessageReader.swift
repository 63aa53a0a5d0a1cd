import Federation

/// Reads one message's bytes from front to back; every read is checked against the end first.
///
/// Works on a raw buffer rather than on a collection, because every packet of a name server passes here.
struct MessageReader {
  let bytes: UnsafeRawBufferPointer
  var position = 0
  /// Room for one name's text: 255 bytes, each at most four characters long.
  let scratch: UnsafeMutableBufferPointer<UInt8>
  /// Names that pointers are likely to mean, with where they start: the question, the last owner, the last in data.
  var known: (question: KnownName, owner: KnownName, data: KnownName) = (.nothing, .nothing, .nothing)

  struct KnownName {
    var offset: Int
    var name: DomainName

    static let nothing = KnownName(offset: -1, name: DomainName(canonical: ""))
  }

  init(_ bytes: UnsafeRawBufferPointer, scratch: UnsafeMutableBufferPointer<UInt8>) {
    self.bytes = bytes
    self.scratch = scratch
  }

  var remaining: Int { bytes.count - position }

  mutating func byte() throws(MessageError) -> UInt8 {
    guard position < bytes.count else { throw .cutShort(at: position) }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func word() throws(MessageError) -> UInt16 {
    guard remaining >= 2 else { throw .cutShort(at: position) }
    defer { position += 2 }
    return UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt16.self))
  }

  mutating func long() throws(MessageError) -> UInt32 {
    guard remaining >= 4 else { throw .cutShort(at: position) }
    defer { position += 4 }
    return UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
  }

  mutating func quad() throws(MessageError) -> UInt64 {
    guard remaining >= 8 else { throw .cutShort(at: position) }
    defer { position += 8 }
    return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  mutating func bytes(_ count: Int) throws(MessageError) -> [UInt8] {
    guard remaining >= count else { throw .cutShort(at: position) }
    defer { position += count }
    return [UInt8](bytes[position..<position + count])
  }
}
