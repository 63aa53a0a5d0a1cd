/// What an order allows a shard at one place.
enum Admission: Comparable {
  case drained
  case cordoned
  case free
}

extension PlanningContext {
  /// The shard's external addresses in canonical form, its hostnames replaced by what they last resolved to.
  ///
  /// Texts that are neither address nor hostname are passed over: a bad address stops only itself.
  func addresses(of shard: Shard) -> (resolved: [String], hasUnresolved: Bool) {
    // A dotted quad has one spelling, so that the text can be kept as it is.
    guard !shard.addresses.allSatisfy({ IPAddress($0)?.isV4 == true }) else { return (shard.addresses, false) }
    var resolved: [String] = []
    var hasUnresolved = false
    for text in shard.addresses {
      if let address = IPAddress(text) {
        resolved.append(address.description)
      } else {
        var host = text.lowercased()
        if host.hasSuffix(".") { host.removeLast() }
        if let answers = hosts[host], !answers.isEmpty {
          for answer in answers { resolved.append(answer.description) }
        } else {
          hasUnresolved = true
        }
      }
    }
    return (resolved, hasUnresolved)
  }

  /// What the standing orders allow `shard` in one zone of its cluster.
  func admission(of service: ServiceKey, cluster: Cluster, zone: String?) -> Admission {
    var admission = Admission.free
    for cordon in standing {
      guard cordon.service == nil || cordon.service == service else { continue }
      let applies =
        switch cordon.target {
        case .cluster(let name): name == cluster.name
        case .region(let name): name.lowercased() == cluster.region.lowercased()
        case .zone(let name): name.lowercased() == zone
        case .shard(let name, let key): name == cluster.name && key == service
        }
      if applies { admission = min(admission, cordon.kind == .drain ? .drained : .cordoned) }
    }
    return admission
  }

  /// Whether a shard could serve, from its cluster and its own state alone; orders come after.
  ///
  /// - Parameter place: where the shard's cluster lies; nil for a cluster that is no member.
  func health(of shard: Shard, at place: NameTable.Place?, resolved: [String], hasUnresolved: Bool) -> Verdict.Reason {
    guard let place, place.refusal == nil else { return .clusterUnplaced }
    switch place.cluster.condition {
    case .unreachable: return rules.contains(.quorum) ? .clusterUnreachable : .clusterWithdrawn
    case .withdrawn: return .clusterWithdrawn
    case .notReady: return .clusterNotReady
    case .ready: break
    }
    if shard.addresses.isEmpty { return .noAddress }
    if shard.readyEndpoints <= 0 { return .noReadyEndpoints }
    if resolved.isEmpty { return hasUnresolved ? .hostUnresolved : .noAddress }
    return .healthy
  }
}
