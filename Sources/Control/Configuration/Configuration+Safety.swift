internal import Documents
internal import Federation

/// How the addresses of the shards are probed, from `safety.probes`.
package struct ProbeSettings: Hashable, Sendable {
  /// Whether this process probes; others may all the same.
  package var isEnabled: Bool
  /// The pause between two rounds; clusters that cannot be reached are looked at four times as often.
  package var interval: Duration
  /// How long one probe may take.
  package var timeout: Duration

  package static let `default` = ProbeSettings()

  package init(isEnabled: Bool = true, interval: Duration = .seconds(5), timeout: Duration = .seconds(2)) {
    self.isEnabled = isEnabled
    self.interval = interval
    self.timeout = timeout
  }
}

extension Configuration {
  /// The section `safety:`, whose numbers go to three places: the rules, the lease and the prober.
  struct Safety {
    var limits = SafetyLimits.default
    var lease = LeaseTiming.default
    var probes = ProbeSettings.default

    init(_ node: DocumentNode?) throws(DocumentError) {
      guard let node else { return }
      var fields = try node.mapping()
      if let share = try fields.optional("massChangeShare")?.number(in: 0...1) { limits.massChangeShare = share }
      if let share = try fields.optional("healthChangeShare")?.number(in: 0...1) { limits.healthChangeShare = share }
      if let share = try fields.optional("observerLossShare")?.number(in: 0...1) { limits.observerLossShare = share }
      if let span = try fields.optional("unreachableAfter")?.duration() { limits.unreachableAfter = span }
      if let count = try fields.optional("minimumHealthyZones")?.integer(in: 0...10_000) {
        limits.minimumHealthyZones = count
      }
      if let count = try fields.optional("quorum")?.integer(in: 1...100) { limits.quorum = count }
      if let node = fields.optional("probes") { try readProbes(node) }
      if let node = fields.optional("flapDamping") { try readDamping(node) }
      if let node = fields.optional("lease") { try readLease(node) }
      try fields.finish()
    }

    private mutating func readProbes(_ node: DocumentNode) throws(DocumentError) {
      var fields = try node.mapping()
      if let enabled = try fields.optional("enabled")?.boolean() { probes.isEnabled = enabled }
      if let span = try fields.optional("interval")?.duration() { probes.interval = span }
      if let span = try fields.optional("timeout")?.duration() { probes.timeout = span }
      try fields.finish()
      guard probes.interval >= .milliseconds(200), probes.timeout >= .milliseconds(50) else {
        throw node.error("safety.probes: interval must be at least 200ms and timeout at least 50ms")
      }
    }

    private mutating func readDamping(_ node: DocumentNode) throws(DocumentError) {
      var fields = try node.mapping()
      var damping = limits.flapDamping
      if let number = try fields.optional("suppressAt")?.number(in: 1...1_000) { damping.suppressAt = number }
      if let number = try fields.optional("reuseAt")?.number(in: 0.1...1_000) { damping.reuseAt = number }
      if let span = try fields.optional("halfLife")?.duration() { damping.halfLife = span }
      if let span = try fields.optional("minimumHold")?.duration() { damping.minimumHold = span }
      if let span = try fields.optional("maximumHold")?.duration() { damping.maximumHold = span }
      try fields.finish()
      guard damping.reuseAt < damping.suppressAt, damping.halfLife >= .seconds(1),
        damping.minimumHold <= damping.maximumHold
      else {
        throw node.error(
          "safety.flapDamping: reuseAt must be below suppressAt, halfLife at least 1s, minimumHold at most maximumHold")
      }
      limits.flapDamping = damping
    }

    private mutating func readLease(_ node: DocumentNode) throws(DocumentError) {
      var fields = try node.mapping()
      if let span = try fields.optional("duration")?.duration() { lease.duration = span }
      if let span = try fields.optional("renewDeadline")?.duration() { lease.renewDeadline = span }
      if let span = try fields.optional("retryPeriod")?.duration() { lease.retryPeriod = span }
      try fields.finish()
      if let refusal = lease.refusal { throw node.error(refusal) }
    }
  }
}
