package import DNSProviders
package import Federation

extension ControlCore {
  /// Records that a batch is about to be committed, with who and what caused it; the shell keeps the record before it
  /// commits.
  package mutating func intend(_ batch: Batch, at now: Timestamp) {
    guard audit.isOn else { return }
    let causes = AuditCauses(of: batch, in: self, at: now)
    let plan = services[batch.service]?.plan
    audit.add(
      AuditRecord(
        id: audit.identity.next(at: now), time: now, action: batch.next == nil ? .removed : .published,
        actor: identity, holder: causes.holder, subject: batch.service.description, service: batch.service,
        why: causes.lines, rules: causes.overrides, changes: batch.changes, records: plan?.records ?? [],
        fence: .init(
          from: batch.expected?.generation, fromWriter: batch.expected?.writer, to: batch.next?.generation,
          writer: identity), outcome: .init(.pending, at: now)))
  }

  mutating func auditCommitted(_ batch: Batch, as change: String?, at now: Timestamp) {
    noteAnswered(batch.service, generation: batch.next?.generation)
    audit.close(batch.service, .init(.applied, change: change, at: now))
    audit.remember(batch.next == nil ? [] : services[batch.service]?.plan?.records ?? [], of: batch.service)
  }

  mutating func auditFailed(_ batch: Batch, _ error: ProviderError, at now: Timestamp) {
    let result: AuditRecord.Result =
      switch error.code {
      case .fenced: .refused
      case .refused, .unauthorized, .throttled, .gone: .failed
      case .unreachable, .incomplete: .unknown
      }
    audit.close(batch.service, .init(result, error.description, at: now))
  }

  /// Learns from what was just read what came of changes whose reply was lost.
  mutating func auditRead(at now: Timestamp) {
    guard !audit.open.isEmpty, zoneKnown else { return }
    for key in audit.open.keys.sorted() where inFlight[key] == nil {
      // What nobody holds or declares any more has no entry here.
      audit.read(key, mark: services[key]?.mark, at: now)
    }
  }

  mutating func auditHold(_ hold: Hold, at now: Timestamp) {
    guard audit.isOn, audit.isNews(hold, at: now) else { return }
    audit.add(
      AuditRecord(
        id: audit.identity.next(at: now), time: now, action: .held, actor: identity,
        subject: hold.service.description, service: hold.service, why: ["\(hold.rule.rawValue): \(hold.why)"],
        rules: [hold.rule], outcome: .init(.noted, hold.name?.text ?? "", at: now)))
  }

  /// Records orders that were given or lifted. Their ids are those of the orders, so that a controller that starts, or a
  /// second one, adds nothing.
  mutating func auditOrders(since before: [String: CordonRecord], at now: Timestamp) {
    guard audit.isOn, before != cordons else { return }
    for (name, record) in cordons.sorted(by: { $0.key < $1.key }) where before[name] != record {
      let cordon = record.cordon
      note(
        cordon, record.overrides, cordon.kind == .drain ? .drain : .cordon, name,
        [cordon.reason, "until \(cordon.expires)"], at: now)
    }
    for (name, record) in before.sorted(by: { $0.key < $1.key }) where cordons[name] == nil {
      note(
        record.cordon, [], .lifted, name, ["\(record.cordon.kind.rawValue) lifted: \(record.cordon.reason)"], at: now)
    }
  }

  mutating func auditExpiry(of name: String, _ cordon: Cordon, at now: Timestamp) {
    guard audit.isOn else { return }
    note(cordon, [], .expired, name, ["\(cordon.kind.rawValue) expired: \(cordon.reason)"], at: now)
  }

  private mutating func note(
    _ cordon: Cordon, _ overrides: Set<SafetyRule>, _ action: AuditRecord.Action, _ name: String, _ why: [String],
    at now: Timestamp
  ) {
    let rules = overrides.sorted { $0.rawValue < $1.rawValue }
    audit.add(
      AuditRecord(
        id: AuditIdentity.shared(
          "\(action) \(name) \(cordon.created) \(cordon.expires) \(cordon.reason) \(rules)", at: cordon.created),
        time: [.lifted, .expired].contains(action) ? now : cordon.created, action: action, actor: identity,
        holder: cordon.holder, subject: cordon.target.description, service: cordon.service, why: why, rules: rules,
        outcome: .init(.noted, at: now)))
  }

  /// Records anything else that operators will ask for later: a lease, a cluster that joined, a request.
  ///
  /// - Parameter once: what makes it one event to several observers; nil where only this process can have seen it.
  package mutating func note(
    _ action: AuditRecord.Action, _ subject: String, _ why: String, holder: String? = nil, service: ServiceKey? = nil,
    once: String? = nil, at now: Timestamp
  ) {
    guard audit.isOn else { return }
    audit.add(
      AuditRecord(
        id: once.map { AuditIdentity.shared("\(action) \(subject) \($0)", at: now) } ?? audit.identity.next(at: now),
        time: now, action: action, actor: identity, holder: holder, subject: subject, service: service, why: [why],
        outcome: .init(.noted, at: now)))
  }

  /// Begins to record, or ends: only who may write DNS does (rule audited).
  ///
  /// - Parameter why: how this process came to the lease or lost it; nil where none is kept.
  package mutating func keepAudit(_ isOn: Bool, because why: String?, at now: Timestamp) {
    guard audit.isOn != isOn else { return }
    audit.isOn = true
    if let why { note(.lease, "federation", why, holder: identity, at: now) }
    // Orders given while nobody led are told now; those that were told before have the same ids.
    if isOn { auditOrders(since: [:], at: now) }
    audit.isOn = isOn
  }

  /// Everything to be kept since the last time.
  package mutating func takeAudit() -> [AuditEntry] { audit.take() }
}
