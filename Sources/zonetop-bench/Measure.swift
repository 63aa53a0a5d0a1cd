/// Times a body and prints a figure beside its aim.
enum Measure {
  /// The fastest of several runs: what the machine can do, rather than what else it was doing.
  static func best(of runs: Int, _ body: () -> Void) -> Duration {
    let clock = ContinuousClock()
    var best: Duration?
    for _ in 0..<runs {
      let span = clock.measure(body)
      best = best.map { min($0, span) } ?? span
    }
    return best ?? .zero
  }

  static func line(_ what: String, _ figure: String, aim: String) {
    print("  \(what.padded(to: 58)) \(figure.padded(to: 28)) aim \(aim)")
  }

  /// The middle and the 99th of a hundred costs, in milliseconds.
  static func spread(_ what: String, _ costs: [Double], aim: String) {
    let sorted = costs.sorted()
    guard !sorted.isEmpty else { return line(what, "not measured", aim: aim) }
    line(
      what,
      "p50 \(text(milliseconds: sorted[sorted.count / 2])) p99 \(text(milliseconds: sorted[sorted.count * 99 / 100]))",
      aim: aim)
  }

  static func text(milliseconds: Double) -> String { text(.microseconds(Int64(milliseconds * 1_000))) }

  static func text(_ span: Duration) -> String {
    let microseconds = span / .microseconds(1)
    if microseconds < 1000 { return "\((microseconds * 10).rounded() / 10) µs" }
    return "\((microseconds / 100).rounded() / 10) ms"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
