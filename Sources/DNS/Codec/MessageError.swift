/// Why bytes are not a message, or a message cannot become bytes.
///
/// Small and without text of its own, so that refusing garbage costs nothing.
package enum MessageError: Error, Hashable, Sendable {
  /// The bytes end, at the offset, before what they promise.
  case cutShort(at: Int)
  /// A compression pointer at the offset does not point backwards, or one of a chain too long to be honest.
  case badPointer(at: Int)
  /// A label at the offset has a length byte that RFC 1035 does not know.
  case badLabel(at: Int)
  /// A name at the offset has more than 255 bytes.
  case nameTooLong(at: Int)
  case severalQuestions
  /// The data of a record at the offset is not what its type has.
  case badData(ResourceType, at: Int)
  /// An OPT or TSIG record stands where, or as often as, it may not.
  case misplaced(ResourceType)
  case trailingBytes(at: Int)
  /// The message needs more bytes than the limit.
  case tooLong(limit: Int)
  /// A name, a text or an option cannot be written: empty or long labels, broken escapes, strings over 255 bytes.
  case cannotEncode(ResourceType)
}

extension MessageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cutShort(let offset): "the DNS message is cut short at byte \(offset): ask again over TCP"
    case .badPointer(let offset): "the DNS message has a bad compression pointer at byte \(offset): it was dropped"
    case .badLabel(let offset): "the DNS message has an unknown kind of label at byte \(offset): it was dropped"
    case .nameTooLong(let offset): "the DNS message has a name over 255 bytes at byte \(offset): it was dropped"
    case .severalQuestions: "the DNS message has more than one question (RFC 9619): ask one at a time"
    case .badData(let type, let offset):
      "the DNS message has a malformed \(type) record at byte \(offset): it was dropped"
    case .misplaced(let type): "the DNS message has its \(type) record twice or in the wrong place: it was dropped"
    case .trailingBytes(let offset): "the DNS message has bytes after its end at byte \(offset): it was dropped"
    case .tooLong(let limit): "the DNS message needs more than \(limit) bytes: send less at a time"
    case .cannotEncode(let type):
      "the \(type) data cannot be written as DNS (labels of 1 to 63 bytes, names and strings up to 255): correct the name or value"
    }
  }
}
