import Glibc

/// What some work took: time on the clock, and of the processor in all threads.
struct Cost {
  var wall: Duration
  var processor: Duration

  static func measure<Answer>(_ work: () async throws -> Answer) async rethrows -> (answer: Answer, cost: Cost) {
    let (began, before) = (ContinuousClock.now, used())
    let answer = try await work()
    return (answer, Cost(wall: ContinuousClock.now - began, processor: used() - before))
  }

  var text: String { "\(Self.text(wall)) / \(Self.text(processor))" }

  static func text(_ span: Duration) -> String {
    let milliseconds = span / .milliseconds(1)
    if milliseconds >= 10_000 { return "\((milliseconds / 100).rounded() / 10) s" }
    return milliseconds >= 100 ? "\(Int(milliseconds.rounded())) ms" : "\((milliseconds * 10).rounded() / 10) ms"
  }

  /// Processor time of this process.
  private static func used() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}
