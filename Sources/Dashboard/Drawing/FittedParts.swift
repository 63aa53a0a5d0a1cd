import Terminal

/// Parts of a header line, each with shorter ways to say it, fitted to a width by what matters least.
struct FittedParts {
  private struct Part {
    var variants: [TextLine]
    var priority: Int
    var isRight: Bool
  }
  private var parts: [Part] = []
  private let gap = 3

  /// Adds a part; the longest variant first. An empty last variant lets it go.
  mutating func add(_ variants: [TextLine], priority: Int, isRight: Bool = false) {
    parts.append(Part(variants: variants, priority: priority, isRight: isRight))
  }

  func line(width: Int) -> TextLine {
    var parts = parts
    while used(parts) > width {
      let candidates = parts.indices.filter { parts[$0].variants.count > 1 }
      guard let least = candidates.min(by: { parts[$0].priority < parts[$1].priority }) else { break }
      parts[least].variants.removeFirst()
    }
    let right = join(parts.filter(\.isRight))
    var line = TextLine(" ")
    line.add(join(parts.filter { !$0.isRight }))
    if !right.isEmpty {
      line.add(String(repeating: " ", count: max(1, width - 1 - line.width - right.width)))
      line.add(right)
    }
    return line
  }

  private func used(_ parts: [Part]) -> Int {
    let shown = parts.compactMap(\.variants.first).filter { !$0.isEmpty }
    return shown.reduce(0) { $0 + $1.width } + max(0, shown.count - 1) * gap + 2
  }

  private func join(_ parts: [Part]) -> TextLine {
    var line = TextLine()
    for part in parts.compactMap(\.variants.first) where !part.isEmpty {
      if !line.isEmpty { line.add(String(repeating: " ", count: gap)) }
      line.add(part)
    }
    return line
  }
}
