/// The table of differences that may be (`differences.txt`): which steps, which lines, and why.
struct ListedDifferences {
  private var entries: [Entry] = []

  private struct Entry {
    var steps: [Substring]
    var line: Regex<AnyRegexOutput>
    var row: Substring
    var isUsed = false
  }

  /// A row that is no entry.
  struct MalformedRow: Error {
    var row: Substring
  }

  /// Reads rows `STEPS | LINE | REASON`: LINE is an expression for the whole of a line with its `-` or `+`.
  init(_ text: String) throws {
    for row in text.split(separator: "\n") where !row.hasPrefix("#") {
      let cells = row.split(separator: " | ", maxSplits: 2).map(\.trimmingSpaces)
      guard cells.count == 3, !cells[2].isEmpty else { throw MalformedRow(row: row) }
      let line = try Regex(String(cells[1]))
      // An entry for every line would list differences that nobody has seen.
      guard try line.wholeMatch(in: "-any line") == nil, try line.wholeMatch(in: "+any line") == nil else {
        throw MalformedRow(row: row)
      }
      let steps = cells[0].split(separator: ",").map(\.trimmingSpaces)
      entries.append(Entry(steps: steps, line: line, row: row))
    }
  }

  /// The rows that no difference needed.
  var unused: [Substring] { entries.filter { !$0.isUsed }.map(\.row) }

  /// Whether a line of a step, with its `-` or `+`, is listed. A star ends the beginning of steps' names.
  mutating func contains(_ line: String, of step: String) -> Bool {
    var isListed = false
    for index in entries.indices {
      let isStep = entries[index].steps.contains {
        $0.hasSuffix("*") ? step.hasPrefix($0.dropLast()) : step[...] == $0
      }
      guard isStep, (try? entries[index].line.wholeMatch(in: line)) != nil else { continue }
      entries[index].isUsed = true
      isListed = true
    }
    return isListed
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
