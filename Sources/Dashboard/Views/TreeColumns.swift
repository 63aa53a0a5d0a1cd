import Terminal

/// How the width of the tree is shared out. What matters less goes first where there is little.
struct TreeColumns: Hashable {
  /// The column at which the label ends.
  var labelEnd: Int
  /// Address or summary.
  var middle = 0
  /// Ready endpoints of a leaf, sparkline of the rest.
  var graph = 0
  var holds = 0
  var age = 0
  /// The reason in words, where there is room for it.
  var why = 0

  init(width: Int, places: [Place]) {
    let longest = places.reduce(16) { max($0, 12 + 2 * $1.depth + columns(of: $1.label)) }
    labelEnd = min(longest, max(16, width < 60 ? width - 12 : width * 45 / 100))
    // Every column has one space behind it, but for the last.
    var free = width - labelEnd - 1
    func take(_ wanted: Int, atLeast least: Int) -> Int {
      guard free >= least else { return 0 }
      let taken = min(wanted, free)
      free -= taken + 1
      return taken
    }
    graph = free >= 37 ? take(8, atLeast: 8) : take(4, atLeast: 4)
    holds = take(free >= 40 ? 8 : 6, atLeast: 5)
    age = free >= 20 ? take(3, atLeast: 3) : 0
    middle = take(17, atLeast: 8)
    if free >= 17 { why = take(34, atLeast: 17) }
    // What is left goes to the address: IPv6 is long.
    if free > 1 { middle += min(free, 22) }
  }
}
