/// Lets requests to one provider go at the rate that it takes, the urgent ones first.
package actor RequestPace {
  /// What goes first when not everything can go.
  package enum Urgency: Int, Comparable, Sendable {
    /// Takes an address out that does not serve.
    case failover
    case read
    /// Puts right what nobody is hurt by.
    case repair

    package static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
  }

  private struct Waiter {
    var urgency: Urgency
    var number: Int
    var go: CheckedContinuation<Bool, Never>
  }

  private var rate: AdaptiveRate
  private var waiters: [Waiter] = []
  private var last = 0
  private var isPumping = false
  private let elapsed: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void

  package init(_ rate: AdaptiveRate, clock: some Clock<Duration>) {
    self.rate = rate
    let start = clock.now
    elapsed = { start.duration(to: clock.now) }
    sleep = { try await clock.sleep(for: $0) }
  }

  /// Requests a second now.
  package var perSecond: Double { rate.perSecond }

  /// Waits for its turn; false when the task was cancelled before it came.
  package func turn(_ urgency: Urgency) async -> Bool {
    last += 1
    let number = last
    return await withTaskCancellationHandler {
      await withCheckedContinuation { go in
        guard !Task.isCancelled else { return go.resume(returning: false) }
        let index = waiters.firstIndex { $0.urgency > urgency } ?? waiters.count
        waiters.insert(Waiter(urgency: urgency, number: number, go: go), at: index)
        guard !isPumping else { return }
        isPumping = true
        // Ends by itself when nobody waits any more.
        Task { await pump() }
      }
    } onCancel: {
      Task { await leave(number) }
    }
  }

  package func accepted() { rate.accepted() }

  package func refused() { rate.refused(at: elapsed()) }

  private func pump() async {
    while !waiters.isEmpty {
      if let wait = rate.take(at: elapsed()) {
        try? await sleep(wait)
      } else {
        waiters.removeFirst().go.resume(returning: true)
      }
    }
    isPumping = false
  }

  private func leave(_ number: Int) {
    guard let index = waiters.firstIndex(where: { $0.number == number }) else { return }
    waiters.remove(at: index).go.resume(returning: false)
  }
}
