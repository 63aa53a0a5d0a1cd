internal import Federation

extension Controller {
  /// Writes how far the orders have come into their objects and clears those away that ended long ago, while leading.
  func reportOrders() async {
    var written: [String: CordonStatus] = [:]
    while !Task.isCancelled {
      if mode == .lead, core.isSettled {
        let now = world.now()
        let statuses = core.orderStatuses(at: now)
        written = written.filter { statuses[$0.key] != nil }
        for (name, status) in statuses.sorted(by: { $0.key < $1.key }) where written[name] != status {
          guard let record = core.cordons[name], mode == .lead else { continue }
          if record.status != status {
            await world.orders.report(name, status, generation: record.generation, at: now)
            await announce(name, record, status, after: written[name] ?? record.status)
          }
          written[name] = status
        }
        for name in core.forgottenOrders(at: now) where mode == .lead { await world.orders.remove(name) }
      } else {
        written = [:]
      }
      try? await world.clock.sleep(for: .milliseconds(500))
    }
  }
}
