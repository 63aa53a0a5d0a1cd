/// What kinds of callers there are and what each may do.
///
/// The federation API knows few kinds, so its roles are fixed; at a real API server RBAC says the same.
package enum AccessRole: String, Hashable, Sendable, CaseIterable {
  /// Reads everything.
  case viewer
  /// Reads everything, places and lifts cordons, and annotates services (`reconcile`).
  case operator_ = "operator"
  /// Changes every object.
  case editor
  /// May do everything.
  case admin
  /// zonetop's own controller: every object.
  case controller
  /// A vantage point: reads what it probes and reports under its own name.
  case probe

  /// The group whose members have this role.
  package var group: String {
    switch self {
    case .viewer: "zonetop:viewers"
    case .operator_: "zonetop:operators"
    case .editor: "zonetop:editors"
    case .admin: "system:masters"
    case .controller: "zonetop:controllers"
    case .probe: "zonetop:probes"
    }
  }

  package var rules: [AccessRule] {
    let federation = ["federation.zonetop.dev"]
    let read = ["get", "list", "watch"]
    let readsAll = AccessRule(read, groups: ["*"], resources: ["*"])
    switch self {
    case .viewer: return [readsAll]
    case .operator_:
      return [
        readsAll,
        AccessRule(["create", "update", "patch", "delete"], groups: federation, resources: ["cordons"]),
        AccessRule(["patch"], groups: [""], resources: ["services"]),
      ]
    case .editor, .controller: return [AccessRule(["*"], groups: ["*"], resources: ["*"])]
    case .admin:
      return [AccessRule(["*"], groups: ["*"], resources: ["*"]), AccessRule(["*"], paths: ["*"])]
    case .probe:
      return [
        AccessRule(read, groups: [""], resources: ["services", "namespaces"]),
        AccessRule(read, groups: federation, resources: ["clusters", "cordons", "vantagepoints"]),
        AccessRule(["create"], groups: federation, resources: ["vantagepoints"]),
        AccessRule(
          ["update", "patch"], groups: federation, resources: ["vantagepoints", "vantagepoints/status"], names: .own),
      ]
    }
  }

  /// What every caller who is somebody may do: discover the API and ask about himself.
  static let authenticated = [
    AccessRule(
      ["get"], paths: ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*"]),
    AccessRule(
      ["create"], groups: ["authorization.k8s.io"], resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
    AccessRule(["create"], groups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"]),
  ]

  /// What everybody may do.
  static let everybody = [
    AccessRule(["get"], paths: ["/healthz", "/livez", "/readyz", "/version", "/version/"])
  ]
}
