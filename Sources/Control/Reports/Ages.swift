package import Federation

/// Writes a span as people on call read it: `9s`, `4m12s`, `3h05m`, `2d4h`.
package func ageText(_ span: Duration) -> String {
  let seconds = max(0, span.components.seconds)
  switch seconds {
  case ..<60: return "\(seconds)s"
  case ..<3600: return "\(seconds / 60)m\(padded(seconds % 60))s"
  case ..<86400: return "\(seconds / 3600)h\(padded(seconds % 3600 / 60))m"
  default: return "\(seconds / 86400)d\(seconds % 86400 / 3600)h"
  }
}

/// The span since a moment, or `never`.
package func ageText(since moment: Timestamp?, at now: Timestamp) -> String {
  moment.map { ageText(now - $0) } ?? "never"
}

private func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
