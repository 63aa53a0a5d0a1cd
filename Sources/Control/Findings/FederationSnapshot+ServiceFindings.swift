internal import Federation

extension FederationSnapshot {
  /// What is the matter with one service: its shards, its names, what is held of it.
  func findings(of service: ServiceSnapshot) -> [Finding] {
    let key = service.key.description
    var found: [Finding] = []
    if !service.shards.isEmpty, !service.shards.contains(where: \.verdict.isHealthy) {
      found.append(
        Finding(
          .error, key, "no shard is healthy: the last good addresses stay",
          evidence: "0 of \(service.shards.count) shards healthy", cure: "see what else is said of this service"))
    }
    // What is held for want of evidence is said once, with the cluster that is silent.
    let isSaid = held.contains { $0.rule == .quorum }
    found += service.held.filter { $0.rule != .quorum || !isSaid }.map { hold in
      Finding(
        .warning, key, "held by \(hold.rule.rawValue)",
        evidence: [hold.name?.text, hold.why].compactMap { $0 }.joined(separator: ": "), cure: hold.rule.cure(of: key))
    }
    // A cluster that does not answer has refused nothing: that is said with the cluster.
    let answering = Set(clusters.filter { $0.cluster.condition == .ready }.map(\.cluster.name))
    found += service.refusals.filter { answering.contains($0.key) }.sorted { $0.key < $1.key }.map { cluster, why in
      Finding(
        .warning, "\(key) in \(cluster)", "the cluster does not take the service as it is", evidence: why,
        cure: "kubectl --context \(cluster) -n \(service.key.namespace) describe service \(service.key.name)")
    }
    found += shardFindings(service)
    found += nameFindings(service)
    if let pin = service.pin {
      found.append(
        Finding(
          .note, key, "rolled back to generation \(pin.pin.generation) by \(pin.holder)", evidence: pin.reason,
          cure: "it ends in \(ageText(since: time, at: pin.expires))"))
    }
    return found
  }

  private func nameFindings(_ service: ServiceSnapshot) -> [Finding] {
    var found: [Finding] = []
    // Names are made when they are asked for: of a large federation only those that matter are.
    let adrift = service.namesToChange
    if adrift > 0, let first = service.namesByPlace.first(where: { !$0.isInStep }) {
      found.append(
        Finding(
          .warning, service.key.description,
          "\(adrift) \(adrift == 1 ? "name is" : "names are") not what the rules want",
          evidence: "\(first.name)\(adrift > 1 ? " and others" : "")",
          cure: "zonetop plan \(service.key); zonetop reconcile \(service.key)"))
    }
    // A service's names are served or not together, as they were committed.
    if let name = service.name(at: .global), let servers = name.servers, servers.agreeing < servers.asked {
      found.append(
        Finding(
          .warning, service.key.description, "not every name server serves the last change",
          evidence: "\(servers.agreeing) of \(servers.asked) for \(name.name)",
          cure: "zonetop records shows which; zonetop trace \(name.name)"))
    }
    return found
  }

  /// One finding for all shards of a service that suffer from the same thing.
  private func shardFindings(_ service: ServiceSnapshot) -> [Finding] {
    var alike: [Complaint: [ShardSnapshot]] = [:]
    for shard in service.shards {
      if let complaint = Complaint(shard) { alike[complaint, default: []].append(shard) }
    }
    return Complaint.allCases.compactMap { complaint in
      guard let shards = alike[complaint], let first = shards.first else { return nil }
      let clusters = shards.map(\.shard.cluster)
      let shown =
        clusters.prefix(4).joined(separator: ", ") + (clusters.count > 4 ? " and \(clusters.count - 4) more" : "")
      let ready = "\(first.shard.readyEndpoints) of \(first.shard.totalEndpoints) endpoints ready"
      let since = "for \(ageText(since: shards.map(\.since).min(), at: time))"
      return Finding(
        complaint.severity, service.key.description,
        "\(complaint.what) in \(clusters.count == 1 ? clusters[0] : "\(clusters.count) of \(service.shards.count) clusters")",
        evidence: clusters.count == 1 ? "\(ready) \(since)" : "\(shown); \(since)",
        cure: complaint.cure("kubectl --context \(clusters[0]) -n \(service.key.namespace)", service.key.name))
    }
  }
}

/// What a shard can suffer from that its own cluster has to mend.
private enum Complaint: CaseIterable {
  case noEndpoints, noneReady, noAddress, hostUnresolved, unplaced, flapping, notWhole

  /// Nil where nothing is wrong, or where it is said with the cluster or the order.
  init?(_ shard: ShardSnapshot) {
    switch shard.verdict.reason {
    case .noReadyEndpoints: self = shard.shard.totalEndpoints == 0 ? .noEndpoints : .noneReady
    case .noAddress: self = .noAddress
    case .hostUnresolved: self = .hostUnresolved
    case .clusterUnplaced: self = .unplaced
    case .damped: self = .flapping
    case .healthy where shard.shard.readyEndpoints < shard.shard.totalEndpoints: self = .notWhole
    case .healthy, .clusterNotReady, .clusterUnreachable, .clusterWithdrawn, .cordoned, .drained: return nil
    }
  }

  var severity: Finding.Severity { self == .flapping || self == .notWhole ? .warning : .error }

  var what: String {
    switch self {
    case .noEndpoints: "nothing runs behind the service"
    case .noneReady: "no endpoint is ready"
    case .noAddress: "no external address"
    case .hostUnresolved: "the load balancer's hostname has no address"
    case .unplaced: "the cluster has no usable region or zone"
    case .flapping: "it flaps and waits before it returns"
    case .notWhole: "it serves with fewer endpoints than it has"
    }
  }

  func cure(_ kubectl: String, _ name: String) -> String {
    switch self {
    case .noEndpoints: "\(kubectl) get pods; then \(kubectl) describe service \(name): does its selector match?"
    case .noneReady: "\(kubectl) get endpointslices -l kubernetes.io/service-name=\(name) -o yaml"
    case .noAddress: "\(kubectl) describe service \(name): why has its load balancer no address?"
    case .hostUnresolved: "\(kubectl) get service \(name), and dig the hostname"
    case .unplaced: "label its nodes with topology.kubernetes.io/zone, or name its zones in the configuration"
    case .flapping: "\(kubectl) get events: why does it come and go?"
    case .notWhole: "\(kubectl) get pods"
    }
  }
}
