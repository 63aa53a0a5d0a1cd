package import JSON

/// A column of the table that `kubectl get` prints.
package struct TableColumn: Sendable {
  package var name: String
  package var description: String
  /// True when only `-o wide` shows the column.
  package var isWide: Bool
  /// The text of an object's cell; times are told as ages at `unixSeconds`.
  package var cell: @Sendable (_ object: JSONValue, _ unixSeconds: Int64) -> String

  package init(
    _ name: String, _ description: String = "", isWide: Bool = false,
    cell: @escaping @Sendable (_ object: JSONValue, _ unixSeconds: Int64) -> String
  ) {
    self.name = name
    self.description = description
    self.isWide = isWide
    self.cell = cell
  }

  /// A column that shows one field.
  package init(_ name: String, field: String, isWide: Bool = false) {
    self.init(name, isWide: isWide) { object, _ in
      let value = object[dotted: field]
      return value?.string ?? value?.integer.map(String.init) ?? value?.bool.map(String.init) ?? "<none>"
    }
  }

  /// How long ago the object was created.
  package static let age = TableColumn("Age", "CreationTimestamp of the object") { object, now in
    guard let text = object[at: ["metadata", "creationTimestamp"]]?.string, let then = RFC3339.unixSeconds(text) else {
      return "<unknown>"
    }
    return Age.text(seconds: now - then)
  }
}
