package import JSON

/// A point at which a shard takes traffic from outside.
package struct IngressPoint: Sendable, Hashable, Comparable {
  package var ip: String?
  package var hostname: String?

  package static func < (left: IngressPoint, right: IngressPoint) -> Bool {
    (left.ip ?? "", left.hostname ?? "") < (right.ip ?? "", right.hostname ?? "")
  }
}

/// `status.loadBalancer.ingress` of Services.
package enum IngressList {
  /// The points that a Service's status names.
  package static func points(of service: JSONValue) -> Set<IngressPoint> {
    let list = service["status"]?["loadBalancer"]?["ingress"]?.array ?? []
    return Set(
      list.compactMap { entry in
        let point = IngressPoint(ip: entry["ip"]?.string, hostname: entry["hostname"]?.string)
        return point.ip == nil && point.hostname == nil ? nil : point
      })
  }

  /// The status of a federated Service that lists these points: sorted, each once.
  package static func status(_ points: Set<IngressPoint>) -> JSONValue {
    let list = points.sorted().map { point in
      var entry: JSONValue = [:]
      entry["ip"] = point.ip.map(JSONValue.string)
      entry["hostname"] = point.hostname.map(JSONValue.string)
      return entry
    }
    return ["status": ["loadBalancer": ["ingress": list.isEmpty ? .null : .array(list)]]]
  }
}
