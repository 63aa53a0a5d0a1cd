import JSON

/// The OpenAPI documents of an endpoint, made from the schemas of its kinds: what `kubectl explain` and the checks of
/// clients go by.
struct OpenAPI {
  var catalog: KindCatalog
  /// The path of the endpoint, which the index's links carry.
  var path: String

  /// OpenAPI v3's list of documents; a link carries a hash of its document, so that clients may keep what they have read.
  var index: JSONValue {
    var paths: JSONValue = [:]
    for (group, version) in [(group: "", version: "v1")] + catalog.groups {
      guard let text = try? document(group: group, version: version).text() else { continue }
      let name = group.isEmpty ? "api/\(version)" : "apis/\(group)/\(version)"
      let hash = String(StableHash.value(text), radix: 16, uppercase: true)
      paths[name] = ["serverRelativeURL": .string("\(path)/openapi/v3/\(name)?hash=\(hash)")]
    }
    return ["paths": paths]
  }

  /// The OpenAPI v3 document of one group and version.
  func document(group: String, version: String) throws(APIError) -> JSONValue {
    let kinds = catalog.kinds.filter { $0.group == group && $0.version == version }
    guard !kinds.isEmpty else { throw .unknownPath }
    return [
      "openapi": "3.0.0", "info": Self.info, "paths": OpenAPIPaths(style: .openAPI).paths(of: kinds),
      "components": ["schemas": definitions(of: kinds, style: .openAPI)],
    ]
  }

  /// The OpenAPI v2 document of everything.
  var swagger: JSONValue {
    [
      "swagger": "2.0", "info": Self.info, "paths": OpenAPIPaths(style: .swagger).paths(of: catalog.kinds),
      "definitions": definitions(of: catalog.kinds, style: .swagger),
    ]
  }

  private static let info: JSONValue = [
    "title": "Kubernetes", "version": Discovery.version["gitVersion"] ?? "",
  ]

  private func definitions(of kinds: [ResourceKind], style: SchemaDocument.Style) -> JSONValue {
    let writer = SchemaDocument(style: style)
    var named: [String: Schema] = [:]
    for schema in [MetaSchemas.deleteOptions, MetaSchemas.status, MetaSchemas.list] {
      schema.collectNamed(into: &named)
    }
    for kind in kinds { kind.schema?.collectNamed(into: &named) }
    var documents = named.mapValues { writer.inline($0) }
    for kind in kinds {
      guard let schema = kind.schema, let name = schema.documentName else { continue }
      documents[name]?["x-kubernetes-group-version-kind"] = [kind.groupVersionKind()]
      guard kind.isStored else { continue }
      var list = writer.inline(Self.list(of: kind, schema, name))
      list["x-kubernetes-group-version-kind"] = [kind.groupVersionKind("List")]
      documents["\(name)List"] = list
    }
    for name in ["DeleteOptions", "Status"] {
      documents[MetaSchemas.prefix + name]?["x-kubernetes-group-version-kind"] = [
        ["group": "", "version": "v1", "kind": .string(name)]
      ]
    }
    return .object(documents)
  }

  private static func list(of kind: ResourceKind, _ schema: Schema, _ name: String) -> Schema {
    .object(
      "\(name)List", "A list of \(kind.plural).",
      Schema.typeFields + [
        .required("items", .list(of: schema), "The objects."),
        .init("metadata", MetaSchemas.list, "What every list has."),
      ])
  }
}

extension ResourceKind {
  /// What documents mark types and requests of the kind with.
  func groupVersionKind(_ suffix: String = "") -> JSONValue {
    ["group": .string(group), "version": .string(version), "kind": .string(name + suffix)]
  }
}
