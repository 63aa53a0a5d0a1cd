import JSON

/// The requests that an OpenAPI document lists: for each kind, what can be done and with which parameters.
struct OpenAPIPaths {
  var style: SchemaDocument.Style

  func paths(of kinds: [ResourceKind]) -> JSONValue {
    var paths: [String: JSONValue] = [:]
    for kind in kinds {
      let root = kind.group.isEmpty ? "/api/\(kind.version)" : "/apis/\(kind.group)/\(kind.version)"
      let isNamespaced = kind.scope == .namespaced
      let base = isNamespaced ? "\(root)/namespaces/{namespace}/\(kind.plural)" : "\(root)/\(kind.plural)"
      let outer = isNamespaced ? [Self.namespace] : []
      if isNamespaced, kind.isStored {
        paths["\(root)/\(kind.plural)"] = ["get": operation("list", "ForAllNamespaces", kind, Self.selection)]
      }
      paths[base] = item(
        outer, kind,
        [
          ("get", "list", Self.selection), ("post", "create", Self.writing),
          ("delete", "deletecollection", Self.selection),
        ]
      )
      guard kind.isStored else { continue }
      let single = [("get", "get", []), ("put", "update", Self.writing), ("patch", "patch", Self.patching)]
      paths["\(base)/{name}"] = item(outer + [Self.name], kind, single + [("delete", "delete", Self.writing)])
      for subresource in kind.subresources {
        paths["\(base)/{name}/\(subresource.rawValue)"] = item(
          outer + [Self.name], kind, single, suffix: subresource.rawValue.capitalized)
      }
    }
    return .object(paths)
  }

  private struct Parameter {
    var name: String
    var about: String
    var type = "string"
    var isInPath = false
  }

  private static let name = Parameter(name: "name", about: "The name of the object.", isInPath: true)
  private static let namespace = Parameter(name: "namespace", about: "The namespace of the object.", isInPath: true)
  private static let writing = [
    Parameter(name: "dryRun", about: "All: check the request and change nothing."),
    Parameter(name: "fieldManager", about: "To whom the fields belong that are set."),
    Parameter(name: "fieldValidation", about: "What becomes of unknown fields: Ignore, Warn or Strict."),
  ]
  private static let patching =
    writing + [Parameter(name: "force", about: "Takes fields from other managers, for apply alone.", type: "boolean")]
  private static let selection = [
    Parameter(name: "fieldSelector", about: "Only objects with these fields."),
    Parameter(name: "labelSelector", about: "Only objects with these labels."),
    Parameter(name: "limit", about: "How many objects a page may hold.", type: "integer"),
    Parameter(name: "continue", about: "Which page to go on with."),
    Parameter(name: "resourceVersion", about: "How old the answer may be."),
    Parameter(name: "watch", about: "Goes on with every change.", type: "boolean"),
  ]

  private func item(
    _ shared: [Parameter], _ kind: ResourceKind, _ methods: [(method: String, verb: String, [Parameter])],
    suffix: String = ""
  ) -> JSONValue {
    var item: JSONValue = [:]
    for (method, verb, parameters) in methods where kind.verbs.contains(verb) {
      item[method] = operation(verb, suffix, kind, parameters)
    }
    if !shared.isEmpty { item["parameters"] = .array(shared.map(document)) }
    return item
  }

  private func operation(_ verb: String, _ suffix: String, _ kind: ResourceKind, _ parameters: [Parameter]) -> JSONValue
  {
    let group = kind.group.split(separator: ".").first.map { "\($0)".capitalized } ?? "Core"
    let version = kind.version.capitalized
    var operation: JSONValue = [
      "operationId": .string("\(verb)\(group)\(version)\(kind.name)\(suffix)"),
      "responses": ["200": ["description": "OK"]],
      "x-kubernetes-action": .string(verb == "create" ? "post" : verb == "update" ? "put" : verb),
      "x-kubernetes-group-version-kind": kind.groupVersionKind(),
    ]
    if !parameters.isEmpty { operation["parameters"] = .array(parameters.map(document)) }
    return operation
  }

  private func document(_ parameter: Parameter) -> JSONValue {
    var document: JSONValue = [
      "name": .string(parameter.name), "in": parameter.isInPath ? "path" : "query",
      "description": .string(parameter.about),
    ]
    if parameter.isInPath { document["required"] = true }
    if style == .swagger {
      document["type"] = .string(parameter.type)
      document["uniqueItems"] = true
    } else {
      document["schema"] = ["type": .string(parameter.type), "uniqueItems": true]
    }
    return document
  }
}

extension String {
  /// With its first letter large.
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
