/// The numbers that the safety rules take from the configuration.
package struct SafetyLimits: Hashable, Sendable {
  /// mass-change: share of the published addresses that may go because something vanished or was ordered.
  package var massChangeShare: Double
  /// mass-change: share that may go because reachable clusters themselves report no ready endpoint.
  package var healthChangeShare: Double
  /// fail-static: share of clusters whose loss within one window means that the observer is blind.
  package var observerLossShare: Double
  /// quorum: how long a cluster is held before evidence is asked for.
  package var unreachableAfter: Duration
  package var minimumHealthyZones: Int

  package static let `default` = SafetyLimits()

  package init(
    massChangeShare: Double = 0.3, healthChangeShare: Double = 0.8, observerLossShare: Double = 0.5,
    unreachableAfter: Duration = .seconds(60), minimumHealthyZones: Int = 1
  ) {
    self.massChangeShare = massChangeShare
    self.healthChangeShare = healthChangeShare
    self.observerLossShare = observerLossShare
    self.unreachableAfter = unreachableAfter
    self.minimumHealthyZones = minimumHealthyZones
  }
}
