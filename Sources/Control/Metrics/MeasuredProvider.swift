package import DNSProviders
package import Federation
internal import Synchronization

/// A provider whose calls are counted and timed; it changes nothing of what they do.
package struct MeasuredProvider: DNSProvider {
  private let provider: any DNSProvider
  package let calls: ProviderCalls
  private let clock: any Clock<Duration>

  package init(_ provider: any DNSProvider, clock: any Clock<Duration>) {
    self.provider = provider
    self.clock = clock
    calls = ProviderCalls()
  }

  package var kind: String { provider.kind }
  package var fence: Fence { provider.fence }
  package var isMetered: Bool { provider.isMetered }
  package var zone: DomainName { provider.zone }
  package var acknowledges: Bool { provider.acknowledges }
  package var concurrentCommits: Int { provider.concurrentCommits }

  package func readZone() async throws(ProviderError) -> ZoneContents {
    try await measured("readZone") { () throws(ProviderError) in try await provider.readZone() }
  }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    try await measured("read") { () throws(ProviderError) in try await provider.read(service, names: names) }
  }

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    try await measured("commit") { () throws(ProviderError) in try await provider.commit(batch) }
  }

  package func acknowledgement(of change: String) async throws(ProviderError) -> Acknowledgement? {
    try await measured("acknowledgement") { () throws(ProviderError) in
      try await provider.acknowledgement(of: change)
    }
  }

  private func measured<Answer>(
    _ operation: String, _ call: () async throws(ProviderError) -> Answer
  ) async throws(ProviderError) -> Answer {
    let stopwatch = Stopwatch(clock)
    do throws(ProviderError) {
      let answer = try await call()
      calls.note(operation, "ok", stopwatch.elapsed)
      return answer
    } catch {
      calls.note(operation, error.code.rawValue, stopwatch.elapsed)
      throw error
    }
  }
}

/// What a provider was asked, with what result, and how long commits took.
package final class ProviderCalls: Sendable {
  private struct State {
    var counts: [Call: Int] = [:]
    var commits = DurationHistogram()
  }

  private struct Call: Hashable {
    var operation: String
    var result: String
  }

  private let state = Mutex(State())

  func note(_ operation: String, _ result: String, _ duration: Duration) {
    state.withLock { state in
      state.counts[Call(operation: operation, result: result), default: 0] += 1
      if operation == "commit" { state.commits.add(duration) }
    }
  }

  var readings: [MetricReading] {
    let (counts, commits) = state.withLock { ($0.counts, $0.commits) }
    var calls = MetricReading(.providerCalls)
    for (call, count) in counts.sorted(by: { ($0.key.operation, $0.key.result) < ($1.key.operation, $1.key.result) }) {
      calls.add(Double(count), ("operation", call.operation), ("result", call.result))
    }
    return [calls, commits.reading(.commitSeconds)]
  }
}

/// The time since it was made, by any clock.
struct Stopwatch: Sendable {
  private let read: @Sendable () -> Duration

  init(_ clock: some Clock<Duration>) {
    let start = clock.now
    read = { start.duration(to: clock.now) }
  }

  var elapsed: Duration { read() }
}
