internal import DNSProviders
package import Federation

extension ControlCore {
  /// Takes one observation and marks the services it touches.
  package mutating func receive(_ observation: Observation, at now: Timestamp) {
    if case .cluster(let name, let change) = observation, !observe(change, in: name, at: now) { return }
    if case .zone(let contents) = observation, zoneKnown, providerTrouble == nil, isTaken(contents) {
      return auditRead(at: now)
    }
    revision += 1
    switch observation {
    case .cluster: break
    case .membership(let change): take(change, at: now)
    case .services(let change): declare(change, at: now)
    case .cordons(let change): order(change, at: now)
    case .rollbacks(let change): takeRollbacks(change, at: now)
    case .vantagePoints(let change): hear(change, at: now)
    case .federationSilent(let why):
      if federationTrouble == nil { log.append(.error, "federation API", why, at: now) }
      federationTrouble = why
    case .zone(let contents): readZone(contents, at: now)
    case .names(let service, let contents): readNames(of: service, contents)
    case .providerFailed(let error):
      if providerTrouble == nil { log.append(.error, "provider", error.description, at: now) }
      providerTrouble = error.description
    case .host(let host, let addresses):
      guard hosts[host] != addresses else { return }
      hosts[host] = addresses
      markAll()
    case .servers(let service, let generation, let count):
      guard services[service]?.mark?.generation == generation else { return }
      services[service]?.servers = count
      if count.agreeing == count.asked { noteServed(service, generation: generation, at: now) }
      for name in drains.keys { drains[name]?.servers(count, of: service, generation: generation, at: now) }
      services[service]?.snapshot = nil
    case .lagging(let service, let why): log.append(.error, service.description, why, at: now)
    case .reconcile(let service): reconcile(service, holder: nil, at: now)
    }
    auditRead(at: now)
  }

  /// Reads a service, or all, at the provider and plans it anew, because somebody asked for it.
  private mutating func reconcile(_ service: ServiceKey?, holder: String?, at now: Timestamp) {
    for key in service.map({ [$0] }) ?? services.keys.sorted() {
      services[key]?.needsRead = true
      services[key]?.retryAt = nil
      mark(key)
    }
    let who = holder.map { " by \($0)" } ?? ""
    let subject = service?.description ?? "all services"
    log.append(.reconcile, subject, "asked for\(who); reading the provider anew", at: now)
    note(.reconcile, subject, "asked for", holder: holder, service: service, at: now)
  }

  /// Has a service planned anew.
  ///
  /// - Parameter isUrgent: before those that merely are to be looked at again.
  mutating func mark(_ service: ServiceKey, isUrgent: Bool = false) {
    guard services[service] != nil else { return }
    services[service]?.snapshot = nil
    restless.insert(service)
    dirty.add(service, isUrgent: isUrgent)
  }

  mutating func markAll(isUrgent: Bool = false) {
    for key in services.keys.sorted() { mark(key, isUrgent: isUrgent) }
  }

  /// Takes what a cluster said; false when it is what was known already.
  private mutating func observe(_ change: ClusterObservation, in name: String, at now: Timestamp) -> Bool {
    let wasJudged = members[name]?.isJudged == true
    let change = believed(change, of: name, at: now)
    // Changed where it stands: a copy of the member would copy every service of the cluster.
    guard let (touched, touchesAll) = members[name]?.take(change, at: now), let member = members[name] else {
      return false
    }
    if !touched.isEmpty, let index = memberNames.firstIndex(of: name) {
      for key in touched { services[key]?.shards?[index] = member.facts.shard(of: key, in: name) }
    }
    if member.isSettled { unsettled.remove(name) } else { unsettled.insert(name) }
    if case .probe = change, touchesAll {
      // That a cluster answers when it is first asked is no news.
      if wasJudged || member.condition != .ready {
        log.append(.cluster, name, "\(member.condition.words): \(member.reason)", at: now)
      }
      if member.condition == .unreachable {
        observerLoss.lose(name, at: now)
      } else if doubts[name] == nil {
        observerLoss.find(name)
      }
    }
    noteChange(of: touchesAll ? Array(services.keys) : Array(touched), at: now)
    if touchesAll {
      context = nil
      markAll(isUrgent: wasJudged)
    } else {
      touched.sorted().forEach { mark($0, isUrgent: wasJudged) }
    }
    return touchesAll || !touched.isEmpty
  }

  private mutating func declare(_ change: FederationChange<ServiceKey, ServiceDeclaration>, at now: Timestamp) {
    federationTrouble = nil
    switch change {
    case .replaced(let list):
      declarationsKnown = true
      for key in services.keys where list[key] == nil && services[key]?.declaration != nil {
        services[key]?.declaration = nil
        mark(key)
      }
      for (key, declaration) in list.sorted(by: { $0.key < $1.key }) { set(key, declaration, at: now) }
    case .set(let key, let declaration): set(key, declaration, at: now)
    case .removed(let key):
      services[key]?.declaration = nil
      services[key]?.wasDeleted = true
      log.append(.down, key.description, "deleted at the federation API: its names are removed", at: now)
      mark(key)
    case .deselected(let key):
      services[key]?.declaration = nil
      mark(key)
    }
  }

  private mutating func set(_ key: ServiceKey, _ declaration: ServiceDeclaration, at now: Timestamp) {
    let before = services[key]?.declaration
    guard before != declaration else { return }
    if services[key] == nil {
      services[key] = ServiceEntry(declaration: declaration)
      zoneTaken = nil
    }
    services[key]?.declaration = declaration
    services[key]?.wasDeleted = false
    if let before, before.reconcileRequest != declaration.reconcileRequest {
      let parts = (declaration.reconcileRequest ?? "").split(separator: " ", maxSplits: 2).map(String.init)
      let holder = parts.count == 3 && parts[1] == "by" ? cleanLine(parts[2]) : nil
      reconcile(key, holder: holder, at: now)
    }
    mark(key)
  }

  private mutating func order(_ change: FederationChange<String, CordonRecord>, at now: Timestamp) {
    federationTrouble = nil
    cordonsKnown = true
    let before = cordons
    switch change {
    case .replaced(let list): cordons = list
    case .set(let name, let record): cordons[name] = record
    case .removed(let name), .deselected(let name): cordons[name] = nil
    }
    for (name, record) in cordons.sorted(by: { $0.key < $1.key }) where !record.isSameOrder(as: before[name]) {
      let cordon = record.cordon
      log.append(
        cordon.kind == .drain ? .drain : .cordon, cordon.target.description,
        "by \(cordon.holder): \"\(cordon.reason)\" until \(cordon.expires)", at: now)
    }
    for (name, record) in before.sorted(by: { $0.key < $1.key }) where cordons[name] == nil {
      log.append(.uncordon, record.cordon.target.description, "\(record.cordon.kind.rawValue) lifted", at: now)
    }
    auditOrders(since: before, at: now)
    followDrains(since: before)
    let isSame = before.count == cordons.count && cordons.allSatisfy { $0.value.isSameOrder(as: before[$0.key]) }
    guard !isSame else { return }
    orders = cordons.values.map(\.cordon).sorted { $0.order < $1.order }
    // An operator waits for it.
    markAll(isUrgent: true)
  }

  /// Begins to follow drains that are new, and forgets those that were lifted.
  private mutating func followDrains(since before: [String: CordonRecord]) {
    for (name, record) in cordons where record.cordon.kind == .drain && before[name]?.cordon != record.cordon {
      let concerned = services.keys.filter { record.cordon.service == nil || record.cordon.service == $0 }
      drains[name] = DrainProgress(waiting: Set(concerned))
    }
    drains = drains.filter { cordons[$0.key] != nil }
  }
}
