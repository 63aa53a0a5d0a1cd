import JSON

extension ResourceKind {
  package static let lease = ResourceKind(
    group: "coordination.k8s.io", version: "v1", name: "Lease", plural: "leases", scope: .namespaced,
    schema: CoreSchemas.lease, columns: [TableColumn("Holder", field: "spec.holderIdentity"), .age])

  package static let configMap = ResourceKind(
    group: "", version: "v1", name: "ConfigMap", plural: "configmaps", shortNames: ["cm"], scope: .namespaced,
    schema: CoreSchemas.configMap,
    columns: [
      TableColumn("Data") { object, _ in
        String((object["data"]?.object?.count ?? 0) + (object["binaryData"]?.object?.count ?? 0))
      }, .age,
    ],
    rules: KindRules(validate: { object, old, _ in ConfigMapRules.errors(object, old) }))

  package static let endpoints = ResourceKind(
    group: "", version: "v1", name: "Endpoints", plural: "endpoints", shortNames: ["ep"], scope: .namespaced,
    schema: CoreSchemas.endpoints, columns: [TableColumn("Endpoints", cell: EndpointsColumns.addresses), .age],
    rules: KindRules(
      fillDefaults: { object, _, _ in EndpointsRules.fillDefaults(&object) },
      validate: { object, _, _ in EndpointsRules.errors(object) }))
}

/// The cell that lists the addresses behind a service.
enum EndpointsColumns {
  @Sendable static func addresses(_ object: JSONValue, _ now: Int64) -> String {
    let addresses = (object["subsets"]?.array ?? []).flatMap { subset -> [String] in
      let hosts = (subset["addresses"]?.array ?? []).compactMap { $0["ip"]?.string }
      let ports = (subset["ports"]?.array ?? []).compactMap { $0["port"]?.integer }
      guard !ports.isEmpty else { return hosts }
      return ports.flatMap { port in hosts.map { $0.contains(":") ? "[\($0)]:\(port)" : "\($0):\(port)" } }
    }
    return addresses.isEmpty ? "<none>" : Columns.list(addresses, showing: 3)
  }
}
