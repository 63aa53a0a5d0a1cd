package import JSON

/// A column of the table that `kubectl get` prints.
package struct TableColumn: Sendable {
  package var name: String
  package var description: String
  /// True when only `-o wide` shows the column.
  package var isWide: Bool
  /// Where a custom kind's definition finds the text; nil for columns that only this server can work out.
  package var path: ColumnPath?
  package var type = Form.string
  /// The text of an object's cell; times are told as ages at `unixSeconds`.
  package var cell: @Sendable (_ object: JSONValue, _ unixSeconds: Int64) -> String

  /// What a definition says of a column's values: texts, or times that are told as ages.
  package enum Form: String, Sendable { case string, date }

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

  /// A column of a custom kind: empty where the object has no such value, lists with commas between.
  package init(
    _ name: String, path: ColumnPath, _ type: Form = .string, _ description: String = "", isWide: Bool = false
  ) {
    self.init(name, description, isWide: isWide) { object, now in
      guard let value = path.value(in: object) else { return "" }
      if type == .date { return value.string.flatMap(RFC3339.unixSeconds).map { Age.text(seconds: now - $0) } ?? "" }
      return value.string ?? value.array.map { $0.map { $0.string ?? $0.text() }.joined(separator: ",") }
        ?? value.text()
    }
    self.path = path
    self.type = type
  }

  /// The age of a custom kind's objects.
  package static let customAge = TableColumn("Age", path: ".metadata.creationTimestamp", .date)

  /// How long ago the object was created.
  package static let age = TableColumn("Age", "CreationTimestamp of the object") { object, now in
    guard let text = object[at: ["metadata", "creationTimestamp"]]?.string, let then = RFC3339.unixSeconds(text) else {
      return "<unknown>"
    }
    return Age.text(seconds: now - then)
  }
}
