internal import JSON

/// Brings an existing Service in line with the federated one and says what differed.
///
/// Labels and `spec` follow the federated service. The cluster keeps its addresses, its node ports (matched by port and
/// protocol), `healthCheckNodePort`, its own `externalIPs`, `loadBalancerClass` once it is set, whatever its API server
/// filled in, and the labels and annotations that others put there.
struct ShardConformity {
  private let existing: JSONValue
  private let template: ServiceTemplate
  private let before: AppliedFields

  init(_ existing: JSONValue, _ template: ServiceTemplate) {
    self.existing = existing
    self.template = template
    before = AppliedFields(existing["metadata"]?["annotations"]?[FederationMarks.applied]?.string)
  }

  /// Fields that no server fills in: where the federated service has none, a shard has none.
  private static let optional: Set<String> = [
    "selector", "externalName", "loadBalancerSourceRanges", "loadBalancerIP", "publishNotReadyAddresses",
    "trafficDistribution",
  ]

  /// The object as it should be, and the paths that differ; when none does the object is what is there.
  var result: (object: JSONValue, differing: [String]) {
    var differing: [String] = []
    var object = existing
    var metadata = existing["metadata"] ?? [:]
    metadata["managedFields"] = nil
    let labels = merged("labels", template.labels, dropping: before.labels, &differing)
    var wanted = template.annotations
    wanted[FederationMarks.applied] = template.applied.text
    let annotations = merged("annotations", wanted, dropping: before.annotations, &differing)
    metadata["labels"] = labels
    metadata["annotations"] = annotations
    object["metadata"] = metadata
    object["spec"] = .object(spec(&differing))
    object["apiVersion"] = "v1"
    object["kind"] = "Service"
    return (object, differing)
  }

  private func merged(
    _ field: String, _ wanted: [String: String], dropping: Set<String>, _ differing: inout [String]
  ) -> JSONValue {
    let held = ServiceTemplate.texts(existing["metadata"]?[field])
    var new = held
    for name in dropping where wanted[name] == nil { new[name] = nil }
    new.merge(wanted) { $1 }
    if new != held { differing.append("metadata.\(field)") }
    return .object(new.mapValues(JSONValue.string))
  }

  private func spec(_ differing: inout [String]) -> [String: JSONValue] {
    let held = existing["spec"]?.object ?? [:]
    var spec = held
    for field in Self.optional.union(before.spec.intersection(["externalIPs"])) where template.spec[field] == nil {
      spec[field] = nil
    }
    for (field, value) in template.spec {
      switch field {
      case "ports": continue
      // Addresses that somebody gave to this cluster alone stay; those that came from the federated service follow it.
      case "externalIPs" where held[field] != nil && !before.spec.contains(field): continue
      case "loadBalancerClass" where held[field] != nil: continue
      default: spec[field] = value
      }
    }
    if let ports = template.spec["ports"]?.array { spec["ports"] = .array(merged(ports, held["ports"]?.array ?? [])) }
    removeWhatTheTypeForbids(&spec, typeBefore: held["type"])
    let changed = Set(spec.keys).union(held.keys).filter { !Self.isSame(spec[$0], held[$0]) }
    differing += changed.sorted().map { "spec.\($0)" }
    return spec
  }

  /// An empty list or false is the same as nothing: servers leave both out.
  private static func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    func normal(_ value: JSONValue?) -> JSONValue? {
      switch value {
      case .null?, .bool(false)?: nil
      case .array(let elements)? where elements.isEmpty: nil
      case .object(let members)? where members.isEmpty: nil
      case .string("")?: nil
      default: value
      }
    }
    return left == right || normal(left) == normal(right)
  }

  /// The federated ports, each with what the cluster has filled in for the same port and protocol.
  private func merged(_ wanted: [JSONValue], _ held: [JSONValue]) -> [JSONValue] {
    func identity(_ port: JSONValue) -> [JSONValue?] { [port["port"], port["protocol"] ?? "TCP"] }
    let needsNodePorts = template.spec["type"] == "NodePort" || template.spec["type"] == "LoadBalancer"
    return wanted.map { port in
      guard let old = held.first(where: { identity($0) == identity(port) }) else { return port }
      var port = port
      port["protocol"] = port["protocol"] ?? old["protocol"]
      port["targetPort"] = port["targetPort"] ?? old["targetPort"]
      if needsNodePorts { port["nodePort"] = old["nodePort"] }
      return port
    }
  }

  private func removeWhatTheTypeForbids(_ spec: inout [String: JSONValue], typeBefore: JSONValue?) {
    let type = spec["type"]?.string ?? "ClusterIP"
    if type == "ExternalName" {
      for field in ServiceTemplate.ownedByCluster.union(["ipFamilyPolicy", "internalTrafficPolicy"]) {
        spec[field] = nil
      }
    } else if typeBefore == "ExternalName", !template.isHeadless {
      for field in ServiceTemplate.ownedByCluster where template.spec[field] == nil { spec[field] = nil }
    }
    if type != "LoadBalancer" {
      for field in ["allocateLoadBalancerNodePorts", "loadBalancerClass", "healthCheckNodePort"] { spec[field] = nil }
    } else if spec["externalTrafficPolicy"] != "Local" {
      spec["healthCheckNodePort"] = nil
    }
    let isExternal = type == "LoadBalancer" || type == "NodePort"
    if !isExternal, template.spec["externalTrafficPolicy"] == nil { spec["externalTrafficPolicy"] = nil }
    if spec["sessionAffinity"] != "ClientIP" { spec["sessionAffinityConfig"] = nil }
  }
}
