internal import Federation

extension Controller {
  /// Writes what happens to clusters as Events about them, while leading, until cancelled. What happens to services comes
  /// by the audit, and refusals of shards by the propagator.
  func recordEvents() async {
    guard let events = world.events else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await events.run() }
      group.addTask { await self.recordClusters(events) }
    }
  }

  private func recordClusters(_ events: EventRecorder) async {
    for await entry in told where entry.kind == .cluster && mode == .lead {
      // That it joins or leaves is told by the audit and by whoever carries it out.
      guard let condition = ClusterCondition.allCases.first(where: { entry.message.hasPrefix("\($0.words):") }) else {
        continue
      }
      let reason = condition == .ready ? "Ready" : condition == .notReady ? "NotReady" : "NotReachable"
      await events.record(
        condition == .ready ? .normal : .warning, "Cluster\(reason)", entry.message,
        about: EventSubject.cluster(entry.subject))
    }
  }

  /// Tells how far an order has come, at the order itself and at the one service that it is about.
  func announce(_ name: String, _ record: CordonRecord, _ status: CordonStatus, after before: CordonStatus?) async {
    guard let events = world.events else { return }
    var subjects = [EventSubject.cordon(name)]
    if let service = record.cordon.service { subjects.append(EventSubject.service(service)) }
    let order = "\(record.cordon.kind.rawValue) of \(record.cordon.target) by \(record.cordon.holder)"
    for subject in subjects {
      if status.phase != before?.phase, status.phase != .pending {
        await events.record(
          status.phase == .held ? .warning : .normal, "Order\(status.phase.rawValue)", "\(order): \(status.message)",
          about: subject)
      }
      if status.isExpiring, before?.isExpiring != true {
        await events.record(
          .warning, "OrderEndsSoon", "\(order) ends at \(record.cordon.expires): give it again to keep it",
          about: subject)
      }
    }
  }
}
