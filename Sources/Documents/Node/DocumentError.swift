/// Why a document was not accepted, and where: one line for people, `FILE:LINE:COLUMN: what, why, what to do`.
package struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name that the document was parsed under, usually its path.
  package let name: String
  /// Where in the text.
  package let position: DocumentPosition
  /// What is wrong and what to do, without the place.
  package let message: String

  package init(name: String, position: DocumentPosition, message: String) {
    self.name = name
    self.position = position
    self.message = message
  }

  package var description: String { "\(name):\(position.line):\(position.column): \(message)" }
}

/// A place in a text, both counted from 1; columns count code points.
package struct DocumentPosition: Hashable, Sendable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
