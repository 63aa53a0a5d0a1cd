internal import Federation

extension Controller {
  /// Probes the addresses in DNS until cancelled, more often where an API is silent (rule quorum).
  func probeDataPlane() async {
    guard let prober = world.prober, prober.settings.isEnabled else { return }
    var book = ProbeBook()
    while !Task.isCancelled {
      let (all, suspicious) = core.probeTargets(at: world.now())
      let targets = book.next(all, suspicious: suspicious)
      if !targets.isEmpty {
        let answers = await prober.probe(targets)
        if Task.isCancelled { return }
        _ = book.take(answers, at: world.now())
      }
      if core.isSettled { found(book.histories, freshness: prober.settings.interval * 3 + prober.settings.timeout) }
      try? await world.clock.sleep(for: prober.settings.interval / ProbeBook.roundsPerInterval)
    }
  }

  private func found(_ histories: [ProbeTarget: ProbeHistory], freshness: Duration) {
    let revision = core.revision
    core.probed(histories, freshness: freshness, at: world.now())
    noteEvents()
    if core.revision != revision { wake() }
  }
}
