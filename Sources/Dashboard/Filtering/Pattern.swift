/// A small pattern over names without regard to case: `.` any character, `*`, `+`, `?` after it, `^` and `$` at the ends.
///
/// Not a regular expression engine: enough to search names, without its cost and without patterns that never end. Of
/// more than ``longest`` characters nothing is found.
struct Pattern: Hashable, Sendable {
  /// No name is longer.
  static let longest = 120

  /// One bit for each step, the first the lowest. Where a step may be: before it has been taken.
  private typealias Steps = UInt128

  private var count = 0
  /// For each byte the steps that take it; those that take any byte; those that may be left out, and repeated.
  private var takers = [UInt128](repeating: 0, count: 256)
  private var wild: UInt128 = 0
  private var optional: UInt128 = 0
  private var repeated: UInt128 = 0
  private var isAtStart = false
  private var isAtEnd = false
  private var isTooLong = false

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
    var hasCount = true
    for byte in bytes {
      let isMark = [UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?")].contains(byte)
      if isMark, !hasCount {
        let last: Steps = 1 << Steps(count - 1)
        if byte != UInt8(ascii: "+") { optional |= last }
        if byte != UInt8(ascii: "?") { repeated |= last }
        hasCount = true
        continue
      }
      guard count < Self.longest else {
        isTooLong = true
        return
      }
      let step: Steps = 1 << Steps(count)
      if byte == UInt8(ascii: ".") { wild |= step } else { takers[Int(byte)] |= step }
      count += 1
      hasCount = false
    }
  }

  /// Whether the pattern occurs in the text. Cost: the text.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  /// The same over bytes.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if isTooLong { return false }
    // The set of steps reached so far walks over the text once, so no pattern can make it slow.
    let end: Steps = 1 << Steps(count)
    let start = reach(1)
    var reached = start
    if reached & end != 0, !isAtEnd { return true }
    for byte in text {
      let taken = reached & (wild | takers[Int(folded(byte))])
      // A step that must occur once and has just occurred may be left as well as repeated: `+` is in both.
      let next = (taken & repeated) | (taken << 1)
      reached = isAtStart ? reach(next) : reach(next) | start
      if reached & end != 0, !isAtEnd { return true }
      if reached == 0 { return false }
    }
    return reached & end != 0
  }

  /// Those steps, and the ones that are reached from them by leaving steps out.
  private func reach(_ steps: UInt128) -> UInt128 {
    var all = steps
    var fresh = steps & optional
    while fresh != 0 {
      let next = (fresh << 1) & ~all
      all |= next
      fresh = next & optional
    }
    return all
  }
}
