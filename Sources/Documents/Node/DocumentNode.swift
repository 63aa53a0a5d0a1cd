/// One value of a YAML or JSON document with its place, read only through accessors that say what they expect.
package struct DocumentNode: Sendable {
  /// The name of the document it is part of.
  package let name: String
  package let position: DocumentPosition
  /// What it is, for those who take any shape; others ask an accessor for what they expect.
  package let content: Content

  package enum Content: Sendable {
    /// `isPlain` is false for quoted and block scalars, which are always text.
    case scalar(String, isPlain: Bool)
    case sequence([DocumentNode])
    case mapping([Entry])
  }

  /// A key, where it stands, and its value.
  package struct Entry: Sendable {
    package let key: String
    package let position: DocumentPosition
    package let value: DocumentNode
  }

  /// An error at this place.
  ///
  /// - Parameter message: one line: what is wrong, why, what to do. The place is put before it.
  package func error(_ message: String) -> DocumentError {
    DocumentError(name: name, position: position, message: message)
  }

  /// Whether nothing was given: `null`, `~` or an empty plain value.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What this is, for messages; never the value itself, which may be a secret.
  var kind: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
