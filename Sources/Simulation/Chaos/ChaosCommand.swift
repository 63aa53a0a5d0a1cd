package import Federation

/// One order to break or mend a simulated cluster.
package struct ChaosCommand: Hashable, Sendable {
  /// The name of a cluster, or of a region for all its clusters.
  package var target: String
  package var action: Action
  /// After how long it is mended again by itself; nil leaves it broken.
  package var duration: Duration?

  package enum Action: Hashable, Sendable {
    case scale(ServiceKey, replicas: Int)
    case down
    case slow(Duration)
    case partition
    /// Down and up again, `times` times, each half a period.
    case flap(period: Duration, times: Int)
    /// Mends what was broken by `down`, `slow`, `partition` and `flap`.
    case up
  }

  package init(target: String, action: Action, duration: Duration? = nil) {
    self.target = target
    self.action = action
    self.duration = duration
  }
}
