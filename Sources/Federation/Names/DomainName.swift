/// A domain name in the form zonetop keeps everywhere: lower case, without a trailing dot, in presentation format
/// (RFC 1035 section 5.1, RFC 4343 for case).
///
/// The root is the empty text. Equality and order are those of the text; two names that DNS holds equal are equal here:
/// bytes that are no printable ASCII are always written as `\DDD`, dots and backslashes within a label as `\.` and `\\`.
package struct DomainName: Hashable, Sendable, CustomStringConvertible {
  /// The name without its trailing dot, lower-cased.
  package let text: String

  package var description: String { text }

  /// Takes a text that is known to be in canonical form: lower case, valid labels, no trailing dot.
  ///
  /// For names that zonetop itself composed from checked labels; text from outside goes through ``init(_:)``.
  package init(canonical text: String) { self.text = text }

  /// The name at the top of the tree.
  package static let root = DomainName(canonical: "")
}

extension DomainName: Comparable {
  package static func < (left: DomainName, right: DomainName) -> Bool { left.text < right.text }
}

extension DomainName {
  /// Whether this is the root of the tree.
  package var isRoot: Bool { text.isEmpty }

  /// The labels from the leaf up, in presentation format; none for the root.
  package var labels: [Substring] {
    guard !text.isEmpty else { return [] }
    var labels: [Substring] = []
    let bytes = text.utf8
    var start = bytes.startIndex
    var index = start
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        index = bytes.index(index, offsetBy: 2, limitedBy: bytes.endIndex) ?? bytes.endIndex
      case UInt8(ascii: "."):
        labels.append(text[start..<index])
        index = bytes.index(after: index)
        start = index
      default: index = bytes.index(after: index)
      }
    }
    labels.append(text[start...])
    return labels
  }

  /// The name one label up, nil for the root.
  package var parent: DomainName? {
    guard !text.isEmpty else { return nil }
    let bytes = text.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        index = bytes.index(index, offsetBy: 2, limitedBy: bytes.endIndex) ?? bytes.endIndex
      case UInt8(ascii: "."): return DomainName(canonical: String(text[bytes.index(after: index)...]))
      default: index = bytes.index(after: index)
      }
    }
    return .root
  }

  /// Whether this name is `ancestor` or lies below it.
  package func isSubdomain(of ancestor: DomainName) -> Bool {
    if ancestor.text.isEmpty { return true }
    let own = text.utf8
    let suffix = ancestor.text.utf8
    guard own.count >= suffix.count else { return false }
    let boundary = own.index(own.endIndex, offsetBy: -suffix.count)
    guard own[boundary...].elementsEqual(suffix) else { return false }
    guard boundary > own.startIndex else { return true }
    var before = own.index(before: boundary)
    guard own[before] == UInt8(ascii: ".") else { return false }
    // A dot after an odd number of backslashes belongs to its label.
    var isEscaped = false
    while before > own.startIndex {
      before = own.index(before: before)
      guard own[before] == UInt8(ascii: "\\") else { break }
      isEscaped.toggle()
    }
    return !isEscaped
  }

  /// The child of this name with one more label.
  ///
  /// - Parameter label: one label in presentation format; a dot in it must be escaped.
  package func child(_ label: some StringProtocol) throws(NameError) -> DomainName {
    guard !label.isEmpty else { throw .emptyLabel }
    return try DomainName(text.isEmpty ? String(label) : "\(label).\(text)")
  }
}
