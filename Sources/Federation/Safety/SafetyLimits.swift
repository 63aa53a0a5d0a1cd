/// The numbers that the safety rules take from the configuration.
package struct SafetyLimits: Hashable, Sendable {
  /// mass-change: share of the published addresses that may go because something vanished or was ordered.
  package var massChangeShare: Double
  /// mass-change: share that may go because reachable clusters themselves report no ready endpoint.
  package var healthChangeShare: Double
  /// fail-static: share of clusters whose loss within one window means that the observer is blind.
  package var observerLossShare: Double
  /// quorum: how long a cluster's API must be silent before evidence against it counts.
  ///
  /// The default of a minute never reacts to a restart. With 5 s here, `safety.probes: { interval: 1s, timeout: 1s }` and
  /// vantage points that probe as often, the addresses of a cluster that died without a word leave DNS within ten
  /// seconds: its API is doubted after five (the probes of the API follow this figure), two bad probes of its addresses
  /// take about three, and the quorum still protects from the partition of one place.
  package var unreachableAfter: Duration
  package var minimumHealthyZones: Int
  /// quorum: how many vantage points must agree where more than one is known.
  package var quorum: Int
  package var flapDamping: FlapDamping.Limits

  package static let `default` = SafetyLimits()

  package init(
    massChangeShare: Double = 0.3, healthChangeShare: Double = 0.8, observerLossShare: Double = 0.5,
    unreachableAfter: Duration = .seconds(60), minimumHealthyZones: Int = 1,
    quorum: Int = 2, flapDamping: FlapDamping.Limits = .default
  ) {
    self.massChangeShare = massChangeShare
    self.healthChangeShare = healthChangeShare
    self.observerLossShare = observerLossShare
    self.unreachableAfter = unreachableAfter
    self.minimumHealthyZones = minimumHealthyZones
    self.quorum = quorum
    self.flapDamping = flapDamping
  }
}
