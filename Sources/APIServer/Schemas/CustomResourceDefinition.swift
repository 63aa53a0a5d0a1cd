package import JSON

extension ResourceKind {
  /// The CustomResourceDefinition that makes a real API server serve the kind, with the same fields and columns
  /// (`apiextensions.k8s.io/v1`).
  package var definition: JSONValue {
    var version: JSONValue = [
      "name": .string(self.version), "served": true, "storage": true,
      "schema": ["openAPIV3Schema": definedSchema],
      "additionalPrinterColumns": .array(columns.compactMap(Self.column)),
    ]
    if subresources.contains(.status) { version["subresources"] = ["status": [:]] }
    return [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": .string(qualifiedPlural)],
      "spec": [
        "group": .string(group), "scope": scope == .cluster ? "Cluster" : "Namespaced",
        "names": [
          "plural": .string(plural), "singular": .string(singular), "kind": .string(name),
          "listKind": .string("\(name)List"),
        ],
        "versions": [version],
      ],
    ]
  }

  /// The schema without what every object has, which a definition may not describe.
  private var definedSchema: JSONValue {
    guard let schema, let members = schema.members else { return ["type": "object"] }
    let own = members.fields.filter { !["apiVersion", "kind", "metadata"].contains($0.name) }
    return SchemaDocument(style: .structural).inline(.object(about: schema.about, own))
  }

  private static func column(_ column: TableColumn) -> JSONValue? {
    guard let path = column.path else { return nil }
    var entry: JSONValue = [
      "name": .string(column.name), "type": .string(column.type.rawValue), "jsonPath": .string(path.text),
    ]
    if column.isWide { entry["priority"] = 1 }
    return entry
  }
}
