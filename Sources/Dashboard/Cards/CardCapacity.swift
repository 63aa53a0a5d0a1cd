import Control
import Federation
import Terminal

/// What is left to carry the load, level by level; many emptied zones are counted.
struct CardCapacity {
  let preview: DrainPreview
  let glyphs: Glyphs

  /// More emptied zones, or more levels of services, than this are folded.
  static let mostEmptied = 2
  static let mostLevels = 8

  func lines(width: Int) -> [TextLine] {
    var levels = preview.capacity.filter { !isEmptiedZone($0) }
    let emptied = preview.capacity.filter(isEmptiedZone)
    if emptied.count <= Self.mostEmptied { levels += emptied }
    // What is worst comes first where not all can be shown.
    var hidden = 0
    if levels.count > Self.mostLevels {
      hidden = levels.count - Self.mostLevels
      let ranked = levels.enumerated().sorted {
        ($0.element.judgement.rank, $0.offset) < ($1.element.judgement.rank, $1.offset)
      }
      levels = ranked.prefix(Self.mostLevels).map(\.element)
    }
    let column = min(levels.map { columns(of: place($0)) }.max() ?? 0, max(12, width / 4))
    var lines = levels.map { line($0, column, width: width) }
    if hidden > 0 { lines.append(TextLine("and \(hidden) levels more, none worse", .dim)) }
    if emptied.count > Self.mostEmptied {
      var line = TextLine()
      line.column(CapacityJudgement.none.rawValue, 9, CapacityJudgement.none.role)
      lines.append(line.appending("\(emptied.count) zones: what comes there goes one level up"))
    }
    return lines.enumerated().map { labelled($0 == 0 ? "capacity" : "", width: width).appending($1) }
  }

  private func line(_ capacity: DrainPreview.Capacity, _ column: Int, width: Int) -> TextLine {
    var line = TextLine()
    line.column(capacity.judgement.rawValue, 9, capacity.judgement.role)
    line.column(place(capacity), column)
    let room = width - labelled("", width: width).width - line.width
    let texts = texts(capacity)
    return line.appending(texts.first { columns(of: $0) <= room } ?? texts[texts.count - 1])
  }

  /// The figures and what the judgement rests on, from the longest to the shortest.
  private func texts(_ capacity: DrainPreview.Capacity) -> [String] {
    if capacity.remaining > capacity.total {
      return ["\(capacity.remaining) ready endpoints instead of \(capacity.total)"]
    }
    let short = "\(capacity.remaining) of \(capacity.total) stay"
    let whole = "\(capacity.remaining) of \(capacity.total) ready endpoints stay"
    var texts = ["\(whole), \(capacity.need)", "\(short), \(capacity.need)"]
    if let load = capacity.load { texts.insert("\(whole), \(capacity.need); \(load)", at: 0) }
    if let peak = capacity.peak, capacity.remaining > 0 { texts.append("\(whole), needs \(peak.ready)") }
    return texts + [whole, short]
  }

  private func isEmptiedZone(_ capacity: DrainPreview.Capacity) -> Bool {
    if case .zone = capacity.level { capacity.judgement == .none } else { false }
  }

  private func place(_ capacity: DrainPreview.Capacity) -> String {
    let level =
      switch capacity.level {
      case .zone(let zone, _): zone
      case .region(let region): region
      case .global: "global"
      }
    return Set(preview.capacity.map(\.service)).count > 1 ? "\(capacity.service.name) \(level)" : level
  }
}

extension CapacityJudgement {
  var role: Role {
    switch self {
    case .fits: .ok
    case .tight: .warning
    case .unknown: .held
    case .none: .error
    }
  }

  fileprivate var rank: Int {
    switch self {
    case .none: 0
    case .tight: 1
    case .unknown: 2
    case .fits: 3
    }
  }
}

/// The beginning of a line of facts: two spaces and the word, or the room of one.
func labelled(_ word: String, width: Int) -> TextLine {
  var line = TextLine("  ")
  line.column(word, 9, .dim)
  return line
}
