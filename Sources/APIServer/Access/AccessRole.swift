/// What kinds of callers there are and what each may do.
///
/// The federation API knows few kinds, so its roles are fixed; at a real API server RBAC says the same.
package enum AccessRole: String, Hashable, Sendable, CaseIterable {
  /// Reads everything that zonetop keeps there.
  case viewer
  /// Reads the same, places and lifts cordons, and annotates services (`reconcile`).
  case operator_ = "operator"
  /// Changes every object.
  case editor
  /// May do everything.
  case admin
  /// zonetop's own controller: what it does, and nothing else.
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
    switch self {
    case .viewer: Self.reading
    case .operator_:
      Self.reading + [
        AccessRule(["create", "update", "patch", "delete"], groups: Self.federation, resources: ["cordons"]),
        AccessRule(["patch"], groups: [""], resources: ["services"]),
      ]
    case .editor: [AccessRule(["*"], groups: ["*"], resources: ["*"])]
    case .admin: [AccessRule(["*"], groups: ["*"], resources: ["*"]), AccessRule(["*"], paths: ["*"])]
    case .controller: Self.controlling
    case .probe: Self.probing
    }
  }

  private static let federation = ["federation.zonetop.dev"]
  private static let read = ["get", "list", "watch"]
  /// zonetop's own namespace.
  static let namespace = "zonetop-system"

  /// Everything but Secrets, which a real API server has.
  private static let reading = [
    AccessRule(
      read, groups: [""],
      resources: ["services", "services/status", "namespaces", "namespaces/status", "endpoints", "events"]),
    AccessRule(
      read, groups: federation,
      resources: [
        "clusters", "clusters/status", "cordons", "cordons/status", "vantagepoints", "vantagepoints/status",
      ]),
    AccessRule(read, groups: [""], resources: ["configmaps"], namespace: namespace),
    AccessRule(read, groups: ["coordination.k8s.io"], resources: ["leases"], namespace: namespace),
  ]

  /// What the controller does, request by request.
  private static let controlling = [
    AccessRule(read + ["patch"], groups: [""], resources: ["services"]),
    AccessRule(["patch"], groups: [""], resources: ["services/status"]),
    AccessRule(["create"], groups: [""], resources: ["namespaces"]),
    AccessRule(["get", "create", "patch"], groups: [""], resources: ["events"]),
    AccessRule(read + ["create", "patch"], groups: federation, resources: ["clusters"]),
    AccessRule(read + ["delete"], groups: federation, resources: ["cordons"]),
    AccessRule(["patch"], groups: federation, resources: ["clusters/status", "cordons/status"]),
    AccessRule(read, groups: federation, resources: ["vantagepoints"]),
    AccessRule(
      ["get", "list", "create", "patch", "delete"], groups: [""], resources: ["configmaps"], namespace: namespace),
    AccessRule(["get"], groups: [""], resources: ["secrets"], namespace: namespace),
    AccessRule(
      ["get", "create", "update"], groups: ["coordination.k8s.io"], resources: ["leases"], namespace: namespace),
  ]

  /// What a vantage point does: it reads where to look, and writes what it saw under its own name.
  private static let probing = [
    AccessRule(read, groups: [""], resources: ["services"]),
    AccessRule(read, groups: federation, resources: ["vantagepoints"]),
    AccessRule(["create"], groups: federation, resources: ["vantagepoints"]),
    AccessRule(["patch"], groups: federation, resources: ["vantagepoints/status"], names: .own),
  ]

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
