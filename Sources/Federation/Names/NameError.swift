/// Why a text is no domain name that zonetop will publish or ask for.
package enum NameError: Error, Hashable, Sendable {
  /// Two dots in a row, a leading dot, or an empty part.
  case emptyLabel
  /// A label of more than 63 bytes.
  case labelTooLong(bytes: Int)
  /// A name of more than 253 bytes.
  case nameTooLong(bytes: Int)
  /// A control character, a space or a character outside ASCII.
  case badCharacter(String)
  /// A backslash that no dot, character or three digits follow.
  case badEscape
}

extension NameError: CustomStringConvertible {
  /// One sentence: what and why, with what to do where there is something to do.
  package var description: String {
    switch self {
    case .emptyLabel: "a domain name has no empty labels: remove the extra dot or fill in the part that is missing"
    case .labelTooLong(let bytes): "a label has \(bytes) bytes and DNS allows 63: shorten it"
    case .nameTooLong(let bytes): "the name has \(bytes) bytes and DNS allows 253: shorten one of its parts"
    case .badCharacter(let character):
      "\(character) cannot stand in a domain name: use letters, digits and hyphens (international names as xn--…)"
    case .badEscape: "a backslash in a domain name is followed by one character or by three digits up to 255"
    }
  }
}
