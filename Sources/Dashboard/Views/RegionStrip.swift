import Control
import Federation
import Terminal

/// The header's third line: every region with how much of it serves, and what does not answer.
struct RegionStrip {
  let state: DashboardState
  let glyphs: Glyphs

  func line(width: Int) -> TextLine {
    let silent = state.snapshot?.clusters.count { $0.cluster.condition != .ready } ?? 0
    var right = TextLine()
    if silent > 0 {
      right.add("\(glyphs.state.stale) \(silent) cluster\(silent == 1 ? "" : "s") not ready", .stale)
    }
    let room = width - 2 - (right.isEmpty ? 0 : right.width + 3)
    var line = TextLine(" ")
    let regions = state.tree.roots.map { state.tree.places[$0] }
    for (index, place) in regions.enumerated() {
      var part = TextLine("\(glyphs.sign(of: place.state)) ", place.state.role)
      part.add(place.label, .header)
      part.add(" \(place.tally.serving)/\(place.tally.total)", place.state.role)
      let rest = regions.count - index
      let more = "+\(rest) more"
      // The last that fits leaves room to say how many do not.
      let needed = line.width + part.width + (rest > 1 ? more.count + 6 : 0)
      guard needed <= room else {
        line.add(more, .dim)
        break
      }
      line.add(part)
      line.add("   ")
    }
    if !right.isEmpty, line.width + right.width < width {
      line.add(String(repeating: " ", count: width - 1 - line.width - right.width))
      line.add(right)
    }
    return line
  }
}
