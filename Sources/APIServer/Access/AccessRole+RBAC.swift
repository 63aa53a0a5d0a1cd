package import JSON

extension AccessRole {
  /// The roles that a real API server has to be told of; it has its own for editors and administrators.
  package static let taught: [AccessRole] = [.viewer, .operator_, .controller, .probe]

  /// The role in Kubernetes' own words (`rbac.authorization.k8s.io/v1`): a ClusterRole, a Role for what it may do in
  /// zonetop's own namespace only, and bindings to the group that it has at the embedded API too.
  ///
  /// The controller's is bound to the ServiceAccount `zonetop-system/zonetop` besides. RBAC cannot tell whether an object
  /// is called as its caller, so that there a probe may write the status of every vantage point.
  package var definitions: [JSONValue] {
    let everywhere = rules.filter { $0.namespace == nil && !$0.resources.isEmpty }
    let inside = rules.filter { $0.namespace == Self.namespace }
    var objects = [
      object("ClusterRole", inside: false, ["rules": .array(everywhere.map(Self.rule))]),
      binding("ClusterRoleBinding", to: "ClusterRole", inside: false),
    ]
    if !inside.isEmpty {
      objects += [
        object("Role", inside: true, ["rules": .array(inside.map(Self.rule))]),
        binding("RoleBinding", to: "Role", inside: true),
      ]
    }
    return objects
  }

  private var objectName: String { "zonetop-\(rawValue)" }

  private func object(_ kind: String, inside: Bool, _ content: JSONValue) -> JSONValue {
    var object = content
    object["apiVersion"] = "rbac.authorization.k8s.io/v1"
    object["kind"] = .string(kind)
    object["metadata"] = ["name": .string(objectName)]
    if inside { object["metadata"] = ["name": .string(objectName), "namespace": .string(Self.namespace)] }
    return object
  }

  private func binding(_ kind: String, to role: String, inside: Bool) -> JSONValue {
    var subjects: [JSONValue] = [
      ["apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": .string(group)]
    ]
    if self == .controller {
      subjects.append(["kind": "ServiceAccount", "name": "zonetop", "namespace": .string(Self.namespace)])
    }
    return object(
      kind, inside: inside,
      [
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": .string(role), "name": .string(objectName)],
        "subjects": .array(subjects),
      ])
  }

  private static func rule(_ rule: AccessRule) -> JSONValue {
    func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    return ["apiGroups": list(rule.groups), "resources": list(rule.resources), "verbs": list(rule.verbs)]
  }
}
