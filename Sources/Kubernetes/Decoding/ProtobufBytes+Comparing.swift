import Glibc

extension ProtobufBytes {
  package static func == (text: ProtobufBytes, literal: StaticString) -> Bool {
    text.bytes.count == literal.utf8CodeUnitCount && text.hasPrefix(literal)
  }

  package static func ~= (literal: StaticString, text: ProtobufBytes) -> Bool { text == literal }

  package func hasPrefix(_ literal: StaticString) -> Bool {
    guard bytes.count >= literal.utf8CodeUnitCount, literal.hasPointerRepresentation, let start = bytes.baseAddress
    else { return false }
    return memcmp(start, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }
}
