import JSON

/// What a Kubernetes API server fills into a Service: type, ports, addresses and node ports.
enum ServiceDefaults {
  @Sendable static func fill(_ object: inout JSONValue, old: JSONValue?, admission: Admission) {
    var spec = object["spec"] ?? [:]
    let type = spec["type"]?.string ?? "ClusterIP"
    spec["type"] = .string(type)
    if let old = old?["spec"] { dropWhatTheTypeEnds(&spec, old: old, type: type) }
    fillAffinity(&spec)
    if spec["publishNotReadyAddresses"] == false { spec["publishNotReadyAddresses"] = nil }
    if type != "ExternalName" { fillAddress(&spec, old: old?["spec"], admission: admission) }
    let needsNodePorts = type == "NodePort" || type == "LoadBalancer"
    if needsNodePorts { spec["externalTrafficPolicy"] = spec["externalTrafficPolicy"] ?? "Cluster" }
    if type == "LoadBalancer" {
      spec["allocateLoadBalancerNodePorts"] = spec["allocateLoadBalancerNodePorts"] ?? true
    }
    let wantsNodePorts = needsNodePorts && spec["allocateLoadBalancerNodePorts"] != false
    fillPorts(&spec, old: old?["spec"], admission: admission, wantsNodePorts: wantsNodePorts)
    object["spec"] = spec
    if object["status"]?.object == nil { object["status"] = ["loadBalancer": [:]] }
  }

  /// A change of the type takes with it what only the old type had, unless the same request sets it anew.
  private static func dropWhatTheTypeEnds(_ spec: inout JSONValue, old: JSONValue, type: String) {
    let had = old["type"]?.string ?? "ClusterIP"
    guard had != type else { return }
    func drop(_ field: String) { if spec[field] == old[field] { spec[field] = nil } }
    if type == "ExternalName" {
      for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"] { drop(field) }
    }
    let needsNodePorts = ["NodePort", "LoadBalancer"].contains(type)
    if !needsNodePorts {
      drop("externalTrafficPolicy")
      spec["ports"] = spec["ports"]?.array.map { ports in
        .array(
          ports.map { port in
            var port = port
            let isOld = old["ports"]?.array?.contains { $0["nodePort"] == port["nodePort"] } ?? false
            if isOld { port["nodePort"] = nil }
            return port
          })
      }
    }
    if type != "LoadBalancer" {
      for field in ["allocateLoadBalancerNodePorts", "loadBalancerClass", "healthCheckNodePort"] { drop(field) }
    }
  }

  private static func fillAffinity(_ spec: inout JSONValue) {
    spec["sessionAffinity"] = spec["sessionAffinity"] ?? "None"
    if spec["sessionAffinity"] == "None" { spec["sessionAffinityConfig"] = nil }
    guard spec["sessionAffinity"] == "ClientIP" else { return }
    let timeout = ["sessionAffinityConfig", "clientIP", "timeoutSeconds"]
    if spec[at: timeout] == nil { spec[at: timeout] = 10_800 }
  }

  private static func fillPorts(_ spec: inout JSONValue, old: JSONValue?, admission: Admission, wantsNodePorts: Bool) {
    guard let ports = spec["ports"]?.array else { return }
    let known = old?["ports"]?.array ?? []
    var given = Set(ports.compactMap { $0["nodePort"] })
    spec["ports"] = .array(
      ports.enumerated().map { index, port in
        var port = port
        port["protocol"] = port["protocol"] ?? "TCP"
        if port["targetPort"] == nil || port["targetPort"] == 0 { port["targetPort"] = port["port"] }
        if port["nodePort"] == 0 { port["nodePort"] = nil }
        if wantsNodePorts, port["nodePort"] == nil {
          let before = known.first { $0["port"] == port["port"] && $0["protocol"] == port["protocol"] }
          let nodePort = before?["nodePort"] ?? freshPort(admission, step: UInt64(index), besides: given)
          port["nodePort"] = nodePort
          given.insert(nodePort)
        }
        return port
      })
  }

  /// Gives a cluster address from 10.96.0.0/12, keeps the one that the service already has, and keeps `clusterIP` and
  /// the first of `clusterIPs` the same when only one of them was changed.
  private static func fillAddress(_ spec: inout JSONValue, old: JSONValue?, admission: Admission) {
    if let old, spec["clusterIP"] != old["clusterIP"], spec["clusterIPs"] == old["clusterIPs"] {
      spec["clusterIPs"] = spec["clusterIP"].map { [$0] }
    }
    if let first = spec["clusterIPs"]?.array?.first,
      spec["clusterIP"]?.string ?? "" == "" || spec["clusterIP"] == old?["clusterIP"]
    {
      spec["clusterIP"] = first
    }
    if spec["clusterIP"]?.string ?? "" == "" {
      let before = old?["clusterIP"].flatMap { $0 == "" ? nil : $0 }
      spec["clusterIP"] = before ?? freshAddress(admission)
      spec["clusterIPs"] = nil
    }
    spec["clusterIPs"] = spec["clusterIPs"] ?? .array([spec["clusterIP"] ?? ""])
    spec["ipFamilies"] = spec["ipFamilies"] ?? ["IPv4"]
    spec["ipFamilyPolicy"] = spec["ipFamilyPolicy"] ?? "SingleStack"
    spec["internalTrafficPolicy"] = spec["internalTrafficPolicy"] ?? "Cluster"
  }

  /// The first address of 10.96.0.0/12 from the write's number on that no service holds. A network that is full gives
  /// one that is taken, which the checks refuse.
  private static func freshAddress(_ admission: Admission) -> JSONValue {
    let size: UInt64 = 0xF_FFFE
    func address(_ step: UInt64) -> JSONValue {
      let host = (admission.sequence &+ step) % size + 1
      return .string("10.\(96 + (host >> 16)).\(host >> 8 & 0xFF).\(host & 0xFF)")
    }
    let step = (0..<size).first { !admission.allotted.isHeld(address($0)) }
    return address(step ?? 0)
  }

  /// The same for node ports.
  private static func freshPort(_ admission: Admission, step: UInt64, besides given: Set<JSONValue>) -> JSONValue {
    let size: UInt64 = 2768
    func port(_ more: UInt64) -> JSONValue { .integer(30_000 + Int64((admission.sequence &+ step &+ more) % size)) }
    let more = (0..<size).first { !admission.allotted.isHeld(port($0)) && !given.contains(port($0)) }
    return port(more ?? 0)
  }
}
