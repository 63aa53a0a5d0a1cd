/// The table of differences that may be (`differences.txt`): which step, which line, and why.
struct ListedDifferences {
  private var entries: [(steps: Substring, line: Substring)] = []

  init(_ text: String) {
    for row in text.split(separator: "\n") where !row.hasPrefix("#") {
      let cells = row.split(separator: "|", maxSplits: 2).map { $0.trimmingSpaces }
      guard cells.count == 3, !cells[2].isEmpty else { continue }
      entries.append((cells[0], cells[1]))
    }
  }

  var count: Int { entries.count }

  /// Whether a line of a step (with its `-` or `+`) is listed. A star ends a step's name or stands for every line.
  func contains(_ line: String, of step: String) -> Bool {
    entries.contains { entry in
      let names = entry.steps.split(separator: ",").map { $0.trimmingSpaces }
      let isStep = names.contains { $0.hasSuffix("*") ? step.hasPrefix($0.dropLast()) : step[...] == $0 }
      return isStep && (entry.line == "*" || line.contains(entry.line))
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
