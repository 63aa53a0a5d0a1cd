import JSON

/// As much of OpenAPI v3 as clients need to know that the server itself checks what they send: without it kubectl
/// would look for schemas to check with.
struct OpenAPI {
  var catalog: KindCatalog
  /// The path of the endpoint, which the index's links carry.
  var path: String

  var index: JSONValue {
    var paths: JSONValue = [:]
    let versions = [(group: "", version: "v1")] + catalog.groups
    for (group, version) in versions {
      let name = group.isEmpty ? "api/\(version)" : "apis/\(group)/\(version)"
      paths[name] = ["serverRelativeURL": .string("\(path)/openapi/v3/\(name)?hash=1")]
    }
    return ["paths": paths]
  }

  func document(group: String, version: String) throws(APIError) -> JSONValue {
    let kinds = catalog.kinds.filter { $0.group == group && $0.version == version }
    guard !kinds.isEmpty else { throw .unknownPath }
    var paths: JSONValue = [:]
    for kind in kinds {
      let root = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
      let scope = kind.scope == .namespaced ? "/namespaces/{namespace}" : ""
      paths["\(root)\(scope)/\(kind.plural)/{name}"] = [
        "patch": [
          "operationId": .string("patch\(kind.name)"),
          "parameters": [
            ["name": "fieldValidation", "in": "query", "schema": ["type": "string", "uniqueItems": true]]
          ],
          "responses": ["200": ["description": "OK"]],
          "x-kubernetes-group-version-kind": [
            "group": .string(group), "version": .string(version), "kind": .string(kind.name),
          ],
        ]
      ]
    }
    return [
      "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": "v1.32.0"], "paths": paths,
      "components": ["schemas": [:]],
    ]
  }
}
