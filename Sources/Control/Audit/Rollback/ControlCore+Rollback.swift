package import Federation

extension ControlCore {
  /// Takes rollbacks that were given or lifted.
  mutating func takeRollbacks(_ change: FederationChange<String, RollbackOrder>, at now: Timestamp) {
    let before = rollbacks
    switch change {
    case .replaced(let list): rollbacks = list
    case .set(let name, let order): rollbacks[name] = order
    case .removed(let name), .deselected(let name): rollbacks[name] = nil
    }
    for (name, order) in rollbacks.sorted(by: { $0.key < $1.key }) where before[name] != order {
      log.append(
        .cordon, order.service.description,
        "rolled back to generation \(order.pin.generation) by \(order.holder): \"\(order.reason)\" until \(order.expires)",
        at: now)
      note(order, name, .rollback, ["to generation \(order.pin.generation): \(order.reason)"], at: now)
      mark(order.service)
    }
    for (name, order) in before.sorted(by: { $0.key < $1.key }) where rollbacks[name] == nil {
      log.append(.uncordon, order.service.description, "rollback lifted", at: now)
      note(order, name, .lifted, ["rollback to generation \(order.pin.generation) lifted"], at: now)
      mark(order.service)
    }
    endedRollbacks.formIntersection(rollbacks.keys)
  }

  /// Lets rollbacks end whose time is over: health decides again.
  mutating func endRollbacks(at now: Timestamp) {
    for (name, order) in rollbacks.sorted(by: { $0.key < $1.key })
    where order.expires <= now && endedRollbacks.insert(name).inserted {
      log.append(.uncordon, order.service.description, "rollback expired", at: now)
      note(order, name, .expired, ["rollback to generation \(order.pin.generation) expired"], at: now)
      revision += 1
      mark(order.service)
    }
  }

  /// The rollback in force for a service.
  func rollback(of service: ServiceKey, at now: Timestamp) -> RollbackOrder? {
    rollbacks[RollbackObject.name(of: service)].flatMap { $0.service == service && $0.expires > now ? $0 : nil }
  }

  /// What a rollback would do, on what is known now; nothing is changed.
  package mutating func preview(_ order: RollbackOrder, at now: Timestamp) -> RollbackPreview? {
    guard let entry = services[order.service] else { return nil }
    let window = removalWindow(at: now)
    var context = planningContext(at: now)
    var service = observed(order.service, entry, in: context)
    let (old, _) = context.plan(service, published: entry.published, window: window)
    context.overrides = order.overrides
    service.pin = order.pin
    service.ttl = order.pin.ttl ?? service.ttl
    let (plan, _) = context.plan(service, published: entry.published, window: window)
    return RollbackPreview(
      order: order, plan: plan,
      objections: plan.held.filter { hold in
        hold.rule != .quorum && !order.overrides.contains(hold.rule) && !old.held.contains(hold)
      })
  }

  private mutating func note(
    _ order: RollbackOrder, _ name: String, _ action: AuditRecord.Action, _ why: [String], at now: Timestamp
  ) {
    let rules = order.overrides.sorted { $0.rawValue < $1.rawValue }
    audit.add(
      AuditRecord(
        id: AuditIdentity.shared(
          "\(action) \(name) \(order.created) \(order.expires) \(order.reason) \(rules)", at: order.created),
        time: action == .rollback ? order.created : now, action: action, actor: identity, holder: order.holder,
        subject: order.service.description, service: order.service, why: why, rules: rules,
        outcome: .init(.noted, at: now)))
  }
}

/// What a rollback would do, computed before anything is done.
package struct RollbackPreview: Sendable, Hashable {
  package var order: RollbackOrder
  package var plan: ServicePlan
  /// Rules that object; placing it needs them overridden by name.
  package var objections: [Hold]
}
