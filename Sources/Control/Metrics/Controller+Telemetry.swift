internal import Federation
internal import Kubernetes

extension Controller {
  /// How old the last whole read of the zone may be before this process is not ready.
  private static var oldestRead: Duration { .seconds(120) }

  /// Whether every loop still comes round: a loop that does not is stuck, and only a new start helps.
  package func liveness() -> [HealthFinding] {
    let now = world.now()
    return ControllerLoop.allCases.map { loop in
      guard let beat = tally.beats[loop] else { return HealthFinding(loop.rawValue, true, "not begun") }
      let age = now - beat
      return HealthFinding(
        loop.rawValue, age <= loop.patience, "came round \(ageText(age)) ago, may take \(ageText(loop.patience))")
    }
  }

  /// Whether this process knows enough to act: everything read, the provider read lately, and who writes is known.
  ///
  /// The federation API may be away: DNS does not wait for it (rule break-glass).
  package func readiness() -> [HealthFinding] {
    let now = world.now()
    let read = tally.zoneRead
    let isRecent = read.map { now - $0 <= Self.oldestRead } ?? false
    let age = ageText(since: read, at: now)
    return [
      HealthFinding("settled", core.isSettled, core.isSettled ? "everything is read" : "waits for \(core.waitingFor)"),
      HealthFinding(
        "provider", isRecent && core.providerTrouble == nil,
        core.providerTrouble ?? (read == nil ? "never read" : "read \(age) ago")),
      HealthFinding("lease", true, leaseSentence),
      HealthFinding("federation", true, core.federationTrouble ?? "answers"),
    ]
  }

  /// A standby that is warm is ready too: it would write as soon as the lease is free.
  private var leaseSentence: String {
    if mode == .lead { return "this process writes" }
    guard wanted == .lead, let election else { return "this process only looks" }
    if let holder = election.otherHolder(at: world.uptime()) {
      return "standby: \(Self.shownIdentity(holder)) holds the lease and writes"
    }
    return "standby: nobody is known to hold the lease, nothing is written" + (leaseTrouble.map { " (\($0))" } ?? "")
  }

  /// Every metric as it reads now. Cost: one snapshot, of which unchanged services are not built anew.
  package func metrics() -> [MetricReading] {
    let now = world.now()
    let snapshot = core.snapshot(provider: world.providerName, environment: environment, mode: mode, at: now)
    var readings = snapshot.readings + tally.readings(at: now)
    readings.append(MetricReading(.settled, core.isSettled))
    readings.append(core.convergence.reading(.convergenceSeconds))
    if let measured = world.provider as? MeasuredProvider { readings += measured.calls.readings }
    readings += Self.requestReadings
    if let audit = world.audit?.statistics {
      readings.append(MetricReading(.auditBacklog, Double(audit.backlog)))
      readings.append(MetricReading(.auditWritten, Double(audit.written)))
      readings.append(MetricReading(.auditFailures, Double(audit.failures)))
      readings.append(MetricReading(.auditDropped, Double(audit.dropped)))
    }
    return readings + ProcessReadings.readings
  }

  private static var requestReadings: [MetricReading] {
    var requests = MetricReading(.apiRequests)
    var watches = 0
    let counts = RequestCounts.shared.current
    for (key, count) in counts.sorted(by: { ($0.key.verb, $0.key.answer) < ($1.key.verb, $1.key.answer) }) {
      requests.add(Double(count), ("verb", key.verb), ("answer", key.answer))
      if key.verb == "watch" { watches += count }
    }
    return [requests, MetricReading(.watches, Double(watches))]
  }
}
