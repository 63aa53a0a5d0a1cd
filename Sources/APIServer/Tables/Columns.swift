import JSON

/// Helpers for cells.
enum Columns {
  /// The first few of many: `a,b,c + 2 more...`.
  static func list(_ items: [String], showing limit: Int) -> String {
    let shown = items.prefix(limit).joined(separator: ",")
    return items.count > limit ? "\(shown) + \(items.count - limit) more..." : shown
  }

  /// Labels in order of their keys: `a=b,c=d`, or `<none>`.
  static func labels(_ labels: [String: String]) -> String {
    let text = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    return text.isEmpty ? "<none>" : text
  }

  static func integer(_ object: JSONValue, _ field: String) -> Int64 { object[dotted: field]?.integer ?? 0 }
}

enum ServiceColumns {
  static let all = [
    TableColumn("Type", field: "spec.type"), TableColumn("Cluster-IP", field: "spec.clusterIP"),
    TableColumn("External-IP") { object, _ in external(object) },
    TableColumn("Port(s)") { object, _ in
      let ports = (object[dotted: "spec.ports"]?.array ?? []).map { port in
        let number = port["port"]?.integer ?? 0
        let node = port["nodePort"]?.integer.map { $0 == 0 ? "" : ":\($0)" } ?? ""
        return "\(number)\(node)/\(port["protocol"]?.string ?? "TCP")"
      }
      return ports.isEmpty ? "<none>" : ports.joined(separator: ",")
    }, .age,
    TableColumn("Selector", isWide: true) { object, _ in Columns.labels(object.texts(at: ["spec", "selector"])) },
  ]

  private static func external(_ object: JSONValue) -> String {
    let own = (object[dotted: "spec.externalIPs"]?.array ?? []).compactMap(\.string)
    switch object[dotted: "spec.type"]?.string {
    case "ExternalName": return object[dotted: "spec.externalName"]?.string ?? "<none>"
    case "LoadBalancer":
      let ingress = (object[dotted: "status.loadBalancer.ingress"]?.array ?? [])
        .compactMap { $0["ip"]?.string ?? $0["hostname"]?.string }
      let all = ingress + own
      return all.isEmpty ? "<pending>" : all.joined(separator: ",")
    default: return own.isEmpty ? "<none>" : own.joined(separator: ",")
    }
  }
}

enum DeploymentColumns {
  static let all = [
    TableColumn("Ready") { object, _ in
      "\(Columns.integer(object, "status.readyReplicas"))/\(Columns.integer(object, "spec.replicas"))"
    },
    TableColumn("Up-to-date") { object, _ in "\(Columns.integer(object, "status.updatedReplicas"))" },
    TableColumn("Available") { object, _ in "\(Columns.integer(object, "status.availableReplicas"))" }, .age,
    TableColumn("Containers", isWide: true) { object, _ in containers(object, "name") },
    TableColumn("Images", isWide: true) { object, _ in containers(object, "image") },
    TableColumn("Selector", isWide: true) { object, _ in
      Columns.labels(object.texts(at: ["spec", "selector", "matchLabels"]))
    },
  ]

  private static func containers(_ object: JSONValue, _ field: String) -> String {
    (object[dotted: "spec.template.spec.containers"]?.array ?? [])
      .compactMap { $0[field]?.string }.joined(separator: ",")
  }
}

enum PodColumns {
  static let all = [
    TableColumn("Ready") { object, _ in
      let statuses = object[dotted: "status.containerStatuses"]?.array ?? []
      let total = object[dotted: "spec.containers"]?.array?.count ?? statuses.count
      return "\(statuses.count { $0["ready"] == true })/\(total)"
    },
    TableColumn("Status") { object, _ in
      object[at: ["metadata", "deletionTimestamp"]] != nil
        ? "Terminating" : object[dotted: "status.phase"]?.string ?? "Unknown"
    },
    TableColumn("Restarts") { object, _ in
      "\((object[dotted: "status.containerStatuses"]?.array ?? []).reduce(0) { $0 + ($1["restartCount"]?.integer ?? 0) })"
    }, .age, TableColumn("IP", field: "status.podIP", isWide: true),
    TableColumn("Node", field: "spec.nodeName", isWide: true),
    TableColumn("Nominated Node", field: "status.nominatedNodeName", isWide: true),
    TableColumn("Readiness Gates", isWide: true) { _, _ in "<none>" },
  ]
}

enum NodeColumns {
  static let all = [
    TableColumn("Status") { object, _ in
      let ready = (object[dotted: "status.conditions"]?.array ?? []).first { $0["type"] == "Ready" }
      let word =
        switch ready?["status"]?.string {
        case "True": "Ready"
        case "False": "NotReady"
        default: "Unknown"
        }
      return object[dotted: "spec.unschedulable"] == true ? "\(word),SchedulingDisabled" : word
    },
    TableColumn("Roles") { object, _ in
      let prefix = "node-role.kubernetes.io/"
      let roles = object.texts(at: ["metadata", "labels"]).keys.filter { $0.hasPrefix(prefix) }
        .map { String($0.dropFirst(prefix.count)) }.sorted()
      return roles.isEmpty ? "<none>" : roles.joined(separator: ",")
    }, .age, TableColumn("Version", field: "status.nodeInfo.kubeletVersion"),
    TableColumn("Internal-IP", isWide: true) { object, _ in address(object, "InternalIP") },
    TableColumn("External-IP", isWide: true) { object, _ in address(object, "ExternalIP") },
    TableColumn("OS-Image", field: "status.nodeInfo.osImage", isWide: true),
    TableColumn("Kernel-Version", field: "status.nodeInfo.kernelVersion", isWide: true),
    TableColumn("Container-Runtime", field: "status.nodeInfo.containerRuntimeVersion", isWide: true),
  ]

  private static func address(_ object: JSONValue, _ type: String) -> String {
    (object[dotted: "status.addresses"]?.array ?? [])
      .first { $0["type"]?.string == type }?["address"]?.string ?? "<none>"
  }
}
