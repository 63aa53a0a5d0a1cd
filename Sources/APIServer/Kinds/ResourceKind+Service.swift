import JSON

extension ResourceKind {
  package static let service = ResourceKind(
    group: "", version: "v1", name: "Service", plural: "services", shortNames: ["svc"], scope: .namespaced,
    subresources: [.status], categories: ["all"], selectableFields: ["spec.clusterIP", "spec.type"],
    schema: ServiceSchema.schema,
    columns: ServiceColumns.all,
    rules: KindRules(fillDefaults: ServiceRules.fillDefaults, validate: ServiceRules.validate))
}

/// Defaults and checks of Services.
enum ServiceRules {
  static let types = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]

  @Sendable static func fillDefaults(_ object: inout JSONValue, old: JSONValue?, admission: Admission) {
    var spec = object["spec"] ?? [:]
    let type = spec["type"]?.string ?? "ClusterIP"
    spec["type"] = .string(type)
    spec["sessionAffinity"] = spec["sessionAffinity"] ?? "None"
    if type != "ExternalName" { fillAddress(&spec, old: old?["spec"], admission: admission) }
    let needsNodePorts = type == "NodePort" || type == "LoadBalancer"
    if needsNodePorts { spec["externalTrafficPolicy"] = spec["externalTrafficPolicy"] ?? "Cluster" }
    if type == "LoadBalancer" {
      spec["allocateLoadBalancerNodePorts"] = spec["allocateLoadBalancerNodePorts"] ?? true
    }
    if let ports = spec["ports"]?.array {
      let known = old?[at: ["spec", "ports"]]?.array ?? []
      spec["ports"] = .array(
        ports.enumerated().map { index, port in
          var port = port
          port["protocol"] = port["protocol"] ?? "TCP"
          port["targetPort"] = port["targetPort"] ?? port["port"]
          if needsNodePorts, port["nodePort"]?.integer ?? 0 == 0 {
            let before = known.first { $0["port"] == port["port"] && $0["protocol"] == port["protocol"] }
            let fresh = 30_000 + Int64((admission.sequence &+ UInt64(index)) % 2768)
            port["nodePort"] = before?["nodePort"] ?? .integer(fresh)
          }
          return port
        })
    }
    object["spec"] = spec
    if object["status"]?.object == nil { object["status"] = ["loadBalancer": [:]] }
  }

  /// Gives a cluster address from 10.96.0.0/12, and keeps the one that the service already has.
  private static func fillAddress(_ spec: inout JSONValue, old: JSONValue?, admission: Admission) {
    if spec["clusterIP"]?.string ?? "" == "" {
      let host = admission.sequence % 0xF_FFFE + 1
      let fresh = "10.\(96 + (host >> 16)).\(host >> 8 & 0xFF).\(host & 0xFF)"
      spec["clusterIP"] = old?["clusterIP"] ?? .string(fresh)
    }
    spec["clusterIPs"] = spec["clusterIPs"] ?? .array([spec["clusterIP"] ?? ""])
    spec["ipFamilies"] = spec["ipFamilies"] ?? ["IPv4"]
    spec["ipFamilyPolicy"] = spec["ipFamilyPolicy"] ?? "SingleStack"
    spec["internalTrafficPolicy"] = spec["internalTrafficPolicy"] ?? "Cluster"
  }

  @Sendable static func validate(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
    var errors: [FieldError] = []
    let name = object[at: ["metadata", "name"]]?.string ?? ""
    if !ObjectShape.isLabel(name) || name.first?.isNumber == true {
      errors.append(
        .invalid(
          "metadata.name", "\"\(name)\"",
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
            + "character, and end with an alphanumeric character"))
    }
    let type = object[at: ["spec", "type"]]?.string ?? ""
    if !types.contains(type) { errors.append(.unsupported("spec.type", type, supported: types.sorted())) }
    let address = object[at: ["spec", "clusterIP"]]?.string
    let before = old?[at: ["spec", "clusterIP"]]?.string ?? ""
    if !before.isEmpty, type != "ExternalName", address != before {
      errors.append(.invalid("spec.clusterIPs[0]", "\"\(address ?? "")\"", "may not change once set"))
    }
    let ports = object[at: ["spec", "ports"]]?.array ?? []
    if ports.isEmpty, type != "ExternalName", address != "None" { errors.append(.required("spec.ports")) }
    for (index, port) in ports.enumerated() {
      guard let number = port["port"]?.integer, (1...65_535).contains(number) else {
        errors.append(
          .invalid(
            "spec.ports[\(index)].port", port["port"]?.text() ?? "0", "must be between 1 and 65535, inclusive"))
        continue
      }
      if ports.count > 1, port["name"]?.string?.isEmpty ?? true {
        errors.append(.required("spec.ports[\(index)].name"))
      }
    }
    return errors
  }
}
