import Control
import Federation
import Terminal

/// The facts of a preview below its names: capacity, what returns, caches, who else is at work nearby, and the rules.
struct CardFacts {
  let preview: DrainPreview
  let state: DashboardState
  let glyphs: Glyphs

  /// More lines of one kind than this are counted.
  static let most = 4

  func lines(width: Int) -> [TextLine] {
    var lines = CardCapacity(preview: preview, glyphs: glyphs).lines(width: width)
    if preview.change.isLifting { lines += returns(width) }
    lines.append(labelled("caches", width: width).appending(caches))
    lines += many("nearby", preview.nearby.map(standing), width)
    // A rule's reason is what has to be read: it is never cut off.
    let room = width - labelled("", width: width).width
    let rules =
      preview.waits.prefix(Self.most).flatMap {
        wrapped(TextLine("\($0.rule.rawValue) keeps it waiting: ", .held), $0.why, width: room)
      }
      + preview.objections.prefix(Self.most).flatMap {
        wrapped(TextLine("\($0.rule.rawValue) objects: ", .error), $0.why, width: room)
      }
    if !rules.isEmpty {
      lines += rules.enumerated().map { labelled($0 == 0 ? "rules" : "", width: width).appending($1) }
      let more = preview.waits.dropFirst(Self.most).count + preview.objections.dropFirst(Self.most).count
      if more > 0 { lines.append(labelled("", width: width).appending("and \(more) more", .warning)) }
    } else if !preview.change.isLifting {
      lines.append(labelled("rules", width: width).appending("none objects", .ok))
    }
    return lines
  }

  private var caches: TextLine {
    let times = preview.cacheTimes
    guard let slowest = times.first else { return TextLine("nothing cached has to run out") }
    let left = countdownText(preview.cachesEndAfter)
    let word = preview.change.isLifting ? "the fallback may be cached until" : "the last cached answer ends"
    var line = TextLine("\(word) \(left) after all servers serve it")
    if let quickest = times.last, quickest.ttl != slowest.ttl {
      line.add("; \(folded(slowest.name)) is the slowest", .dim)
    }
    return line
  }

  private func folded(_ name: DomainName) -> String {
    preview.plans.lazy.map { NameFolding(service: $0.service, federation: state.snapshot?.federation) }
      .first { $0.rest(of: name) != nil }?.label(of: name) ?? name.text
  }

  private func standing(_ cordon: Cordon) -> TextLine {
    var line = TextLine("\(cordon.holder) ", .drained)
    line.add("\(cordon.kind == .drain ? "drains" : "has cordoned") \(cordon.target)", .drained)
    line.add(cordon.service.map { " of \($0)" } ?? " of every service")
    line.add(", \(countdownText(cordon.expires - state.now)) left: ", .dim)
    return line.appending(cordon.reason)
  }

  private func returns(_ width: Int) -> [TextLine] {
    let well = preview.returns.filter { $0.why == nil }
    let ill = preview.returns.filter { $0.why != nil }
    let hasSeveral = Set(preview.returns.map(\.service)).count > 1
    func name(_ shard: DrainPreview.Return) -> String {
      hasSeveral ? "\(shard.cluster)/\(shard.service)" : shard.cluster
    }
    var lines: [TextLine] = []
    if !well.isEmpty {
      let names = well.prefix(Self.most).map(name).joined(separator: ", ")
      let more = well.count > Self.most ? " and \(well.count - Self.most) more" : ""
      lines.append(
        TextLine(names + more, .ok).appending(
          well.count == 1
            ? " serves again as soon as the order has ended" : " serve again as soon as the order has ended"))
    }
    lines += ill.map { TextLine("\(name($0)) stays out: ", .warning).appending($0.why ?? "") }
    if lines.isEmpty { lines = [TextLine("nothing is there to return")] }
    return many("returns", lines, width)
  }

  private func many(_ word: String, _ items: [TextLine], _ width: Int) -> [TextLine] {
    var shown = Array(items.prefix(Self.most))
    if items.count > Self.most { shown.append(TextLine("and \(items.count - Self.most) more", .warning)) }
    return shown.enumerated().map { labelled($0 == 0 ? word : "", width: width).appending($1) }
  }
}

/// A text after its beginning, on as many lines as it needs; those after the first are set in by two columns.
func wrapped(_ beginning: TextLine, _ text: String, width: Int) -> [TextLine] {
  var lines = [beginning]
  for word in text.split(separator: " ") {
    let last = lines.count - 1
    let isFirst = lines[last].width == 2 || lines[last] == beginning
    if !isFirst, lines[last].width + 1 + columns(of: String(word)) > width {
      lines.append(TextLine("  ").appending(String(word)))
    } else {
      lines[last].add(isFirst ? String(word) : " \(word)")
    }
  }
  return lines
}
