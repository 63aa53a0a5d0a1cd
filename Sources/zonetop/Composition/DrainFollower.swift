import Control
import Federation

/// Waits until a drain has gone through its phases, and says each: planned, committed, served, caches ended.
struct DrainFollower {
  let cordon: Cordon

  /// How long a controller may take to take the order, and how long a rule must stop it to be believed.
  private static let patience: Duration = .seconds(20)
  private static let heldFor: Duration = .seconds(3)

  /// Returns when the last cached answer has ended; TERM or INT ends the waiting and not the order.
  func follow(_ session: Session) async throws {
    let controller = session.controller
    let signals = StopSignals()
    let outcome = await withTaskGroup(of: Failure?.self) { group in
      group.addTask {
        await signals.wait()
        return Task.isCancelled ? nil : stopped
      }
      group.addTask { await watch(controller) }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    if let outcome { throw outcome }
  }

  private var stopped: Failure {
    Failure(
      .failed, "no longer waiting; the drain of \(cordon.target) stands until \(cordon.expires), \(lift)")
  }

  private var lift: String {
    "`zonetop uncordon \(cordon.target)\(cordon.service.map { " --service \($0)" } ?? "")` lifts it"
  }

  private func watch(_ controller: Controller) async -> Failure? {
    var said: String?
    var seen = false
    var heldSince: Timestamp?
    for await snapshot in controller.snapshots() {
      let waited = snapshot.time - cordon.created
      guard let order = snapshot.orders.first(where: isOurs)?.status else {
        if seen || cordon.expires <= snapshot.time {
          return Failure(.failed, "the drain of \(cordon.target) was lifted or has expired while it was waited for")
        }
        if waited > Self.patience {
          return Failure(
            .unreachable, "the federation API has not shown the order within 20 s; `zonetop cordons` lists it")
        }
        continue
      }
      seen = true
      heldSince = order.phase == .held ? heldSince ?? snapshot.time : nil
      let line = "\(order.phase.rawValue.lowercased()): \(order.message)"
      if line != said { FileOutput.standard.write("\(line)\n") }
      said = line
      switch order.phase {
      case .drained: return nil
      case .held where heldSince.map { snapshot.time - $0 >= Self.heldFor } == true:
        return Failure(.refused, "the drain of \(cordon.target) stands and is held by \(order.message); \(lift)")
      case .pending where waited > Self.patience:
        return Failure(
          .unreachable,
          "the drain of \(cordon.target) stands, but no controller has carried it out within 20 s (\(order.message)); \(lift)"
        )
      default: continue
      }
    }
    return nil
  }

  private func isOurs(_ order: OrderSnapshot) -> Bool {
    order.cordon.kind == .drain && order.cordon.target == cordon.target && order.cordon.service == cordon.service
  }
}
