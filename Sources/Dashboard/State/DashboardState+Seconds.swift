import Control
import Federation

extension DashboardState {
  /// Whether anything on screen changes with every second though nothing is heard: countdowns, ages of what is silent,
  /// notices, what is being typed or asked.
  var countsSeconds: Bool {
    guard let snapshot else { return true }
    return card != nil || prompt != nil || sheet != nil || !toasts.isEmpty || memory.moment != nil
      || tracing.pending != nil || !snapshot.cordons.isEmpty || now - snapshot.time >= .seconds(9)
      || snapshot.clusters.contains { $0.lastHeard.map { now - $0 >= .seconds(9) } ?? true }
  }
}
