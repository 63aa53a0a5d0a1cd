/// A small pattern over lower-cased text: `.` any character, `*`, `+`, `?` after it, `^` and `$` at the ends.
///
/// Not a regular expression engine: enough to search names, without its cost and without patterns that never end.
struct Pattern: Hashable, Sendable {
  private enum Count: Hashable { case one, maybe, any, some }
  private struct Step: Hashable {
    var byte: UInt8?
    var count: Count
  }
  private var steps: [Step] = []
  private var isAtStart = false
  private var isAtEnd = false

  init(_ text: String) {
    var bytes = Array(text.lowercased().utf8)
    if bytes.first == UInt8(ascii: "^") {
      isAtStart = true
      bytes.removeFirst()
    }
    if bytes.last == UInt8(ascii: "$") {
      isAtEnd = true
      bytes.removeLast()
    }
    for byte in bytes {
      let count: Count? =
        switch byte {
        case UInt8(ascii: "*"): .any
        case UInt8(ascii: "+"): .some
        case UInt8(ascii: "?"): .maybe
        default: nil
        }
      if let count, let last = steps.indices.last, steps[last].count == .one {
        steps[last].count = count
      } else {
        steps.append(Step(byte: byte == UInt8(ascii: ".") ? nil : byte, count: .one))
      }
    }
  }

  /// Whether the pattern occurs in the text, which is expected in lower case. Cost: steps × text.
  func matches(_ text: String) -> Bool {
    // The set of steps reached so far walks over the text once, so no pattern can make it slow.
    var reached = closure([0])
    if reached.contains(steps.count), !isAtEnd { return true }
    for byte in text.utf8 {
      var next: Set<Int> = []
      for step in reached where step < steps.count {
        guard steps[step].byte == nil || steps[step].byte == byte else { continue }
        if steps[step].count == .any || steps[step].count == .some { next.insert(step) }
        next.insert(step + 1)
      }
      // A step that must occur once and has just occurred may be left as well as repeated: `+` is in both.
      reached = closure(isAtStart ? next : next.union([0]))
      if reached.contains(steps.count), !isAtEnd { return true }
      if reached.isEmpty { return false }
    }
    return reached.contains(steps.count)
  }

  private func closure(_ start: Set<Int>) -> Set<Int> {
    var result = start
    var waiting = Array(start)
    while let step = waiting.popLast() {
      guard step < steps.count, steps[step].count == .any || steps[step].count == .maybe else { continue }
      if result.insert(step + 1).inserted { waiting.append(step + 1) }
    }
    return result
  }
}
