extension ResourceKind {
  package static let service = ResourceKind(
    group: "", version: "v1", name: "Service", plural: "services", shortNames: ["svc"], scope: .namespaced,
    subresources: [.status], categories: ["all"], selectableFields: ["spec.clusterIP", "spec.type"],
    schema: ServiceSchema.schema, columns: ServiceColumns.all,
    rules: KindRules(fillDefaults: ServiceDefaults.fill, validate: ServiceChecks.errors)
  ).named(by: .serviceName)
}
