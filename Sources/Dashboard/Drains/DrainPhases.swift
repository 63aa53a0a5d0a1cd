import Control
import Federation
import Terminal

/// How far a drain has come: accepted by the provider, served by every name server, caches run out. Never one word.
struct DrainPhases: Hashable {
  enum Step: Hashable {
    case waiting(String)
    case done(String)
  }
  var accepted: Step
  var served: Step
  var caches: Step
  /// The rule that keeps the drain from being carried out, and why, as the controller says it; nil when none does.
  var held: String?
  /// In a few characters, for a row or a header.
  var brief: String
  var isOver: Bool

  /// Takes what the controller measured; without it, what the names show, and then the end of the caches is the
  /// earliest that it can be.
  init(_ facts: Facts, now: Timestamp) {
    let order = facts.order
    if order?.phase == .drained, order?.drain == nil, facts.status == nil {
      // It had nothing to take out: nothing to accept, to serve or to run out.
      accepted = .done("nothing of it was in DNS")
      served = .done("nothing had to be served")
      caches = .done("nothing cached had to end")
      brief = "drained"
      isOver = true
      return
    }
    held = order.flatMap { $0.phase == .held ? $0.message : nil }
    accepted = held == nil && facts.isAccepted ? .done("accepted by the provider") : .waiting(facts.open)
    let isServed = held == nil && facts.isServed
    served =
      isServed
      ? .done("served by \(facts.figures)") : .waiting("served by \(facts.isAccepted ? facts.figures : "none yet")")
    let end = facts.status.map(\.cachesEnd) ?? facts.given + .seconds(Int64(facts.ttl))
    let left = end.map { countdownText($0 - now) }
    isOver = isServed && end.map { $0 <= now } == true
    if isOver {
      caches = .done("the last cached answer has ended")
      brief = "drained"
    } else if isServed {
      caches = .waiting("caches: \(left.map { $0 + " left" } ?? "unknown")\(facts.status == nil ? " at least" : "")")
      brief = left.map { "caches \($0)" } ?? "caches"
    } else {
      caches = .waiting("caches: \(countdownText(.seconds(Int64(facts.ttl)))) from when all serve it")
      brief = facts.isAccepted ? facts.count.map { "served \($0.agreeing)/\($0.asked)" } ?? "accepted" : "not accepted"
    }
    if let held { brief = "held: " + (held.firstIndex(of: ":").map { String(held[..<$0]) } ?? held) }
  }

  /// The three phases in one line, for where there is no room for four.
  func line(_ glyphs: Glyphs) -> TextLine {
    var line = TextLine("  ")
    if let held { return line.appending(" \(glyphs.state.held) held by \(held)", .held) }
    for (index, (step, word)) in zip([accepted, served, caches], ["accepted", "served", "caches ended"]).enumerated() {
      switch step {
      case .done: line.add(" \(index + 1) \(glyphs.state.ok) \(word) ", .ok)
      case .waiting(let text):
        line.add(" \(index + 1) \(glyphs.dot) \(text)", .warning)
        return line
      }
    }
    line.add(" drained; open connections may remain", .drained)
    return line
  }

  func lines(_ glyphs: Glyphs) -> [TextLine] {
    var lines = held.map { [TextLine("   \(glyphs.state.held) held by ", .held).appending($0)] } ?? []
    lines += [accepted, served, caches].enumerated().map { index, step -> TextLine in
      switch step {
      case .done(let text): TextLine("   \(index + 1) \(glyphs.state.ok) ", .ok).appending(text)
      case .waiting(let text): TextLine("   \(index + 1) \(glyphs.dot) ", .warning).appending(text)
      }
    }
    lines.append(
      isOver
        ? TextLine("   drained; open connections may remain", .drained)
        : TextLine("   not drained yet", .warning))
    return lines
  }
}
