import JSON

extension ResourceKind {
  /// An operator's standing order that a scope must not enter DNS or must leave it.
  package static let cordon = ResourceKind(
    group: "federation.zonetop.dev", version: "v1alpha1", name: "Cordon", plural: "cordons", scope: .cluster,
    subresources: [.status], tracksGeneration: true, isCustom: true,
    schema: FederationSchemas.cordon,
    columns: [
      TableColumn("Kind", field: "spec.kind"), TableColumn("Target", field: "spec.target"),
      TableColumn("Service") { object, _ in object[dotted: "spec.service"]?.string ?? "<all>" },
      TableColumn("Reason", field: "spec.reason"), TableColumn("Holder", field: "spec.holder"),
      TableColumn("Expires") { object, now in
        guard let end = object[dotted: "spec.expires"]?.string.flatMap(RFC3339.unixSeconds) else { return "<unknown>" }
        return end > now ? Age.text(seconds: end - now) : "expired"
      }, .age,
    ],
    rules: KindRules(validate: { object, _ in
      var errors: [FieldError] = []
      let kind = object[dotted: "spec.kind"]?.string ?? ""
      if !["cordon", "drain", "rollback"].contains(kind) {
        errors.append(.unsupported("spec.kind", kind, supported: ["cordon", "drain", "rollback"]))
      }
      let target = object[dotted: "spec.target"]?.string ?? ""
      let steps = target.split(separator: "/", omittingEmptySubsequences: false)
      let isScope = steps.count == 2 && ["zone", "region", "cluster"].contains(steps[0])
      let isShard = steps.count == 4 && steps[0] == "shard"
      let isService = steps.count == 3 && steps[0] == "service" && kind == "rollback"
      if !(isScope || isShard || isService) || steps.contains("") {
        errors.append(
          .invalid(
            "spec.target", "\"\(target)\"",
            "must be zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME"))
      }
      if let service = object[dotted: "spec.service"]?.string, service.split(separator: "/").count != 2 {
        errors.append(.invalid("spec.service", "\"\(service)\"", "must be NAMESPACE/NAME"))
      }
      for field in ["spec.reason", "spec.holder"] where object[dotted: field]?.string?.isEmpty ?? true {
        errors.append(.required(field))
      }
      let expires = object[dotted: "spec.expires"]?.string ?? ""
      if RFC3339.unixSeconds(expires) == nil {
        errors.append(
          .invalid("spec.expires", "\"\(expires)\"", "must be an RFC 3339 time such as 2026-01-31T12:00:00Z"))
      }
      return errors
    }))
}
