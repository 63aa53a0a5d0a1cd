import JSON

/// The `Table` form of objects (`meta.k8s.io/v1`) that `kubectl get` asks for.
struct Table {
  var kind: ResourceKind
  /// How much of each object a row carries.
  var inclusion: Inclusion
  var unixSeconds: Int64

  enum Inclusion: String { case none = "None", metadata = "Metadata", object = "Object" }

  /// - Parameter showsHeader: false for the events of a watch after the first.
  func text(of objects: [StoredObject], metadata: JSONValue, showsHeader: Bool = true) -> [UInt8] {
    let table: JSONValue = [
      "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
      "columnDefinitions": showsHeader ? .array(columns.map(Self.definition)) : .null,
      "rows": .array(objects.map(row)),
    ]
    return table.encoded()
  }

  private var columns: [TableColumn] {
    let name = TableColumn("Name", "Name must be unique within a namespace.") { object, _ in
      object[at: ["metadata", "name"]]?.string ?? ""
    }
    if kind.columns.contains(where: { $0.name == name.name }) { return kind.columns }
    return [name] + (kind.columns.isEmpty ? [.age] : kind.columns)
  }

  private static func definition(_ column: TableColumn) -> JSONValue {
    [
      "name": .string(column.name), "type": "string", "format": column.name == "Name" ? "name" : "",
      "description": .string(column.description), "priority": column.isWide ? 1 : 0,
    ]
  }

  private func row(_ object: StoredObject) -> JSONValue {
    var row: JSONValue = ["cells": .array(columns.map { .string($0.cell(object.value, unixSeconds)) })]
    switch inclusion {
    case .none: break
    case .metadata:
      row["object"] = [
        "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object.value["metadata"] ?? [:],
      ]
    case .object: row["object"] = object.value
    }
    return row
  }
}
