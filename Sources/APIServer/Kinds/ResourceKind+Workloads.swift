import JSON

extension ResourceKind {
  package static let deployment = ResourceKind(
    group: "apps", version: "v1", name: "Deployment", plural: "deployments", shortNames: ["deploy"],
    scope: .namespaced, subresources: [.status, .scale], tracksGeneration: true, categories: ["all"],
    schema: WorkloadSchemas.deployment,
    columns: DeploymentColumns.all,
    rules: KindRules(
      fillDefaults: { object, _, _ in
        object[at: ["spec", "replicas"]] = object[at: ["spec", "replicas"]] ?? 1
        object[at: ["spec", "strategy"]] =
          object[at: ["spec", "strategy"]]
          ?? ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": "25%", "maxUnavailable": "25%"]]
        if object["status"] == nil { object["status"] = [:] }
      },
      validate: { object, _, _ in
        var errors: [FieldError] = []
        let selector = object.texts(at: ["spec", "selector", "matchLabels"])
        if object[at: ["spec", "selector"]] == nil { errors.append(.required("spec.selector")) }
        if !LabelSelector(matching: selector).matches(object.texts(at: ["spec", "template", "metadata", "labels"])) {
          errors.append(
            .invalid("spec.template.metadata.labels", "map", "`selector` does not match template `labels`"))
        }
        if object[at: ["spec", "template", "spec", "containers"]]?.array?.isEmpty ?? true {
          errors.append(.required("spec.template.spec.containers"))
        }
        if let replicas = object[at: ["spec", "replicas"]]?.integer, replicas < 0 {
          errors.append(.invalid("spec.replicas", "\(replicas)", "must be greater than or equal to 0"))
        }
        return errors
      }))

  package static let endpointSlice = ResourceKind(
    group: "discovery.k8s.io", version: "v1", name: "EndpointSlice", plural: "endpointslices", scope: .namespaced,
    tracksGeneration: false,
    columns: [
      TableColumn("AddressType", field: "addressType"),
      TableColumn("Ports") { object, _ in
        let ports = object["ports"]?.array ?? []
        return ports.isEmpty ? "<unset>" : Columns.list(ports.map { $0["port"]?.text() ?? "*" }, showing: 3)
      },
      TableColumn("Endpoints") { object, _ in
        let addresses = (object["endpoints"]?.array ?? []).flatMap { $0["addresses"]?.array ?? [] }
        return addresses.isEmpty ? "<unset>" : Columns.list(addresses.compactMap(\.string), showing: 3)
      }, .age,
    ],
    rules: KindRules(validate: { object, _, _ in
      let type = object["addressType"]?.string ?? ""
      let known = ["FQDN", "IPv4", "IPv6"]
      if type.isEmpty { return [.required("addressType")] }
      return known.contains(type) ? [] : [.unsupported("addressType", type, supported: known)]
    }))
}
