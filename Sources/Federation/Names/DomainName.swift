/// A domain name in the form zonetop keeps everywhere: lower case, without a trailing dot, in presentation format
/// (RFC 1035 section 5.1, RFC 4343 for case).
///
/// The root is the empty text. Equality and order are those of the text; two names that DNS holds equal are equal here.
package struct DomainName: Hashable, Sendable, CustomStringConvertible {
  /// The name without its trailing dot, lower-cased.
  package let text: String

  package var description: String { text }

  /// Takes a text that is known to be in canonical form: lower case, valid labels, no trailing dot.
  ///
  /// For names that zonetop itself composed from checked labels; text from outside goes through ``init(_:)``.
  package init(canonical text: String) { self.text = text }
}

extension DomainName: Comparable {
  package static func < (left: DomainName, right: DomainName) -> Bool { left.text < right.text }
}
