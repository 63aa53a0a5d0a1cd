import JSON

extension ResourceKind {
  /// Keeps account of the fields of this kind's objects when the object itself or a subresource is written.
  package func fieldManager(_ subresource: Subresource?) -> FieldManager {
    var ignored = FieldSet()
    if subresource == .status {
      ignored = FieldSet((schema?.members?.fields ?? []).map(\.name).filter { $0 != "status" }.map { [.field($0)] })
    } else if subresources.contains(.status) {
      ignored = FieldSet([[.field("status")]])
    }
    return FieldManager(
      schema: schema ?? .any, apiVersion: apiVersion, subresource: subresource?.rawValue ?? "", blank: blank,
      ignored: ignored)
  }

  /// What every object of a built-in kind has on a real server, whose types cannot leave it out.
  private var blank: JSONValue {
    if isCustom { return [:] }
    switch qualifiedPlural {
    case "services": return ["spec": [:], "status": ["loadBalancer": [:]]]
    case "namespaces": return ["spec": [:], "status": [:]]
    case "leases.coordination.k8s.io": return ["spec": [:]]
    case "nodes": return ["spec": [:], "status": ["daemonEndpoints": [:], "nodeInfo": [:]]]
    case "pods": return ["spec": ["containers": []], "status": [:]]
    case "deployments.apps":
      return ["spec": ["template": ["metadata": [:], "spec": ["containers": []]], "strategy": [:]], "status": [:]]
    case "endpointslices.discovery.k8s.io": return ["addressType": "", "endpoints": [], "ports": []]
    case "events":
      return [
        "involvedObject": [:], "source": [:], "firstTimestamp": nil, "lastTimestamp": nil, "eventTime": nil,
        "reportingComponent": "", "reportingInstance": "",
      ]
    default: return [:]
    }
  }

  /// The object as its writer has it: without what the server allots, where the request did not ask for it.
  func withoutAllotments(_ object: JSONValue, request: JSONValue) -> JSONValue {
    var object = object
    func drop(_ path: String...) {
      if request[at: path] == nil { object[at: path] = nil }
    }
    switch qualifiedPlural {
    case "namespaces": drop("spec", "finalizers")
    case "services":
      for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"] {
        drop("spec", field)
      }
      let asked = request[at: ["spec", "ports"]]?.array ?? []
      if let ports = object[at: ["spec", "ports"]]?.array {
        object[at: ["spec", "ports"]] = .array(
          ports.enumerated().map { index, port in
            var port = port
            if !asked.indices.contains(index) || asked[index]["nodePort"] == nil { port["nodePort"] = nil }
            return port
          })
      }
    default: break
    }
    return object
  }
}
