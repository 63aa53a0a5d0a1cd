package import Federation

extension ControlCore {
  /// How long the object of an expired order stays for people to read.
  static let keptAfterExpiry: Duration = .seconds(24 * 3600)

  /// How far every order has come, by object name.
  package func orderStatuses(at now: Timestamp) -> [String: CordonStatus] {
    Dictionary(uniqueKeysWithValues: cordons.map { ($0.key, status(of: $0.key, $0.value, at: now)) })
  }

  /// Objects of orders that expired long ago, sorted.
  package func forgottenOrders(at now: Timestamp) -> [String] {
    cordons.filter { now - $0.value.cordon.expires >= Self.keptAfterExpiry }.map(\.key).sorted()
  }

  /// The orders in force as a screen shows them.
  func orderPictures(at now: Timestamp) -> [OrderSnapshot] {
    cordons.filter { $0.value.cordon.expires > now }.sorted { $0.value.cordon.order < $1.value.cordon.order }.map {
      OrderSnapshot(cordon: $0.value.cordon, status: status(of: $0.key, $0.value, at: now))
    }
  }

  /// What was measured of a drain: here, or by whoever led before or leads elsewhere.
  func measured(_ name: String, _ record: CordonRecord) -> DrainStatus? {
    drains[name]?.status(of: record.cordon) ?? record.status?.drain
  }

  private func status(of name: String, _ record: CordonRecord, at now: Timestamp) -> CordonStatus {
    let cordon = record.cordon
    if cordon.expires <= now {
      return CordonStatus(phase: .expired, message: returned[name] ?? "expired", drain: record.status?.drain)
    }
    let isExpiring = cordon.expires - now <= cordon.warning
    func status(_ phase: CordonStatus.Phase, _ message: String) -> CordonStatus {
      let end = isExpiring ? "; ends at \(cordon.expires)" : ""
      return CordonStatus(
        phase: phase, message: message + end, drain: measured(name, record), isExpiring: isExpiring)
    }
    guard isLeading else {
      var known = record.status ?? CordonStatus(phase: .pending, message: "no controller has taken it yet")
      known.isExpiring = isExpiring
      return known
    }
    guard cordon.kind == .drain else { return status(.inForce, "nothing new enters DNS from \(cordon.target)") }
    if let hold = stopping(cordon) { return status(.held, "\(hold.rule.rawValue): \(hold.why)") }
    guard drains[name]?.isPlanned == true else { return status(.pending, "being planned") }
    guard let measured = measured(name, record) else { return status(.drained, "nothing of it is in DNS") }
    guard let ends = measured.cachesEnd, measured.served != nil else {
      let figures = measured.servers.map { "\($0.agreeing) of \($0.asked)" } ?? "none yet"
      return status(.committed, "the provider has taken it; name servers that serve it: \(figures)")
    }
    guard ends <= now else { return status(.served, "every name server serves it; caches end at \(ends)") }
    return status(.drained, "every name server serves it and the last cached answer has ended")
  }

  /// Whether this process carries orders out; without a lease it is taken to.
  private var isLeading: Bool {
    switch leadership {
    case nil, .this?: true
    case .other?, .nobody?, .vacant?: false
    }
  }

  /// The hold that keeps a drain from being carried out; nil when there is none.
  private func stopping(_ cordon: Cordon) -> Hold? {
    let rules: Set<SafetyRule> = [.massChange, .neverEmpty, .failStatic, .wholeReads]
    for key in services.keys.sorted() where cordon.service == nil || cordon.service == key {
      if let hold = services[key]?.plan?.held.first(where: { rules.contains($0.rule) }) { return hold }
    }
    return nil
  }

  // MARK: Time

  /// Tells of orders that end soon or have ended, once each.
  mutating func followOrders(at now: Timestamp) {
    for (name, record) in cordons.sorted(by: { $0.key < $1.key }) {
      let cordon = record.cordon
      let left = cordon.expires - now
      if left <= .zero {
        guard expired.insert(name).inserted else { continue }
        let outcome = "\(cordon.kind.rawValue) expired; \(outcome(of: cordon))"
        returned[name] = outcome
        auditExpiry(of: name, cordon, at: now)
        log.append(.uncordon, cordon.target.description, outcome, at: now)
        revision += 1
        markAll()
      } else if left <= cordon.warning, warned[name] != cordon.expires {
        warned[name] = cordon.expires
        log.append(
          cordon.kind == .drain ? .drain : .cordon, cordon.target.description,
          "\(cordon.kind.rawValue) by \(cordon.holder) ends at \(cordon.expires): give it again to keep it", at: now)
        revision += 1
      }
    }
    expired = expired.filter { cordons[$0].map { $0.cordon.expires <= now } ?? false }
    returned = returned.filter { expired.contains($0.key) }
    warned = warned.filter { cordons[$0.key] != nil }
  }

  /// What an order's end brings back: only what is healthy.
  private func outcome(of cordon: Cordon) -> String {
    var well = 0
    var ill: [String] = []
    for key in services.keys.sorted() where cordon.service == nil || cordon.service == key {
      for (member, shard) in zip(memberNames.map { members[$0] }, shards(of: key)) {
        guard let member, let shard, cordon.target.covers(shard, of: key, in: member) else { continue }
        if member.condition == .ready, shard.readyEndpoints > 0, !shard.addresses.isEmpty {
          well += 1
        } else {
          let why =
            member.condition != .ready
            ? "its cluster is \(member.condition.words)"
            : shard.addresses.isEmpty ? "no external address" : "no ready endpoints"
          ill.append("\(shard.cluster)/\(key) (\(why))")
        }
      }
    }
    if ill.isEmpty { return well == 0 ? "nothing is there to return" : "what is healthy returns" }
    let names = ill.prefix(3).joined(separator: ", ") + (ill.count > 3 ? " and \(ill.count - 3) more" : "")
    return "\(well) healthy shard\(well == 1 ? " returns" : "s return"), not healthy and kept out: \(names)"
  }

  // MARK: One at a time

  /// Why a standing drain by somebody else refuses this one (rule one-drain); nil when nothing does.
  func standingDrain(against cordon: Cordon, at now: Timestamp) -> String? {
    guard rules.contains(.oneDrain) else { return nil }
    return orders.first { $0.refuses(cordon, at: now) }.map(\.refusal)
  }
}

extension Cordon {
  /// How long before its end an order is said to end: a tenth of its time, and at most five minutes.
  package var warning: Duration { min((expires - created) / 10, .seconds(300)) }

  /// Whether this standing order keeps another person from ordering the same scope of the same service.
  func refuses(_ next: Cordon, at now: Timestamp) -> Bool {
    kind == .drain && expires > now && target == next.target && service == next.service && holder != next.holder
  }

  /// The sentence by which it does.
  var refusal: String {
    "\(holder) drains \(target)\(service.map { " of \($0)" } ?? "") until \(expires) (\"\(reason)\"): ask them, or lift it first"
  }
}

extension CordonTarget {
  /// Whether a shard lies in the scope, for at least one of its zones.
  func covers(_ shard: Shard, of service: ServiceKey, in member: Member) -> Bool {
    switch self {
    case .zone(let zone): member.zones.contains { $0.lowercased() == zone.lowercased() }
    case .region(let region): member.region?.lowercased() == region.lowercased()
    case .cluster(let name): name == shard.cluster
    case .shard(let name, let key): name == shard.cluster && key == service
    }
  }
}
