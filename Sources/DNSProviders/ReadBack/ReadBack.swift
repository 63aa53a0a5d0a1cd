package import DNS
package import Federation

/// Asks every authoritative server for the names that a commit changed until they serve it (rule read-back).
///
/// The one place where success is decided, for every provider: what its API acknowledged proves nothing.
package struct ReadBack<Timer: Clock>: Sendable where Timer.Duration == Duration {
  private let servers: [ServerAddress]
  private let elsewhere: [DomainName: [ServerAddress]]
  private let questions: any Querying
  private let clock: Timer
  private let schedule: ReadBackSchedule

  /// - Parameters:
  ///   - servers: every authoritative server of the zone.
  ///   - elsewhere: the servers of other zones that aliases stand in.
  ///   - questions: how they are asked.
  ///   - clock: waits between rounds; a test's own goes by hand.
  package init(
    servers: [ServerAddress], elsewhere: [DomainName: [ServerAddress]] = [:], questions: any Querying, clock: Timer,
    schedule: ReadBackSchedule
  ) {
    self.servers = servers
    self.elsewhere = elsewhere
    self.questions = questions
    self.clock = clock
    self.schedule = schedule
  }

  /// Waits until every server serves what the batch left behind, or the time is up.
  ///
  /// Servers are asked in parallel, each only for what it did not serve yet; one that is dead delays none of the others,
  /// only the end. Ends early, with what is known, when the task is cancelled.
  package func confirm(_ batch: Batch) async -> ReadBackResult {
    let asked = asked(for: Expectation.all(of: batch))
    let lags = await withTaskGroup(of: (Int, String?).self) { group in
      for (index, part) in asked.enumerated() {
        group.addTask { (index, await lag(of: part.server, part.expected)) }
      }
      var lags = [String?](repeating: nil, count: asked.count)
      for await (index, lag) in group { lags[index] = lag }
      return lags
    }
    var result = ReadBackResult(serving: [], behind: [])
    for (server, lag) in zip(asked.map(\.server), lags) {
      if let lag { result.behind.append(.init(server: server, reason: lag)) } else { result.serving.append(server) }
    }
    return result
  }

  /// Every server with what it is to serve: that of its own zone.
  private func asked(for expected: [Expectation]) -> [(server: ServerAddress, expected: [Expectation])] {
    guard !elsewhere.isEmpty else { return servers.map { ($0, expected) } }
    let zones = Dictionary(grouping: expected) { expectation in
      elsewhere.keys.filter(expectation.key.name.isSubdomain).max { $0.text.utf8.count < $1.text.utf8.count }
    }
    return zones.sorted { ($0.key?.text ?? "") < ($1.key?.text ?? "") }.flatMap { zone, expected in
      (zone.flatMap { elsewhere[$0] } ?? servers).map { ($0, expected) }
    }
  }

  private func lag(of server: ServerAddress, _ expected: [Expectation]) async -> String? {
    var rest = expected
    let end = clock.now.advanced(by: schedule.limit)
    var pause = schedule.firstPause
    while true {
      var reason: String?
      while let next = rest.last, reason == nil {
        reason = await mismatch(next, server)
        if reason == nil { rest.removeLast() }
      }
      guard let reason else { return nil }
      guard clock.now.advanced(by: pause) <= end, !Task.isCancelled,
        (try? await clock.sleep(for: pause, tolerance: nil)) != nil
      else { return reason }
      pause = min(pause * 2, schedule.longestPause)
    }
  }

  private func mismatch(_ expected: Expectation, _ server: ServerAddress) async -> String? {
    do throws(DNSError) {
      let question = Question(name: expected.key.name, type: ResourceType(expected.key.type))
      return expected.mismatch(try await questions.query(question, at: server, flags: []).message)
    } catch {
      return error.description
    }
  }
}
