import Control
import Federation
import Terminal

/// The names that change, before and after, and those whose chain ends elsewhere; what is too much is counted.
struct CardChanges {
  let preview: DrainPreview
  let federation: Federation?
  /// The service that is shown first.
  let first: ServiceKey?
  let glyphs: Glyphs

  /// More services than this are folded.
  static let mostServices = 3
  static let mostNames = 12
  static let mostAffected = 3

  func lines(width: Int) -> [TextLine] {
    var plans = preview.plans.filter { !$0.changes.isEmpty }
    guard !plans.isEmpty else { return [TextLine("  no name changes")] }
    if let index = plans.firstIndex(where: { $0.service == first }) { plans.insert(plans.remove(at: index), at: 0) }
    let shown = plans.count > Self.mostServices ? Array(plans.prefix(Self.mostServices - 1)) : plans
    let blocks = shown.map { Block(plan: $0, folding: NameFolding(service: $0.service, federation: federation)) }
    var lines: [TextLine] = []
    if width < 60 {
      for block in blocks {
        if plans.count > 1 { lines.append(TextLine("  \(block.plan.service)", .strong)) }
        lines += narrow(block, width: width)
      }
    } else {
      let columns = Columns(blocks, width: width, glyphs)
      var title = TextLine("  ")
      title.column("name", columns.name, .dim)
      title.column("now", columns.now, .dim)
      lines.append(title.appending("after", .dim))
      for block in blocks {
        if plans.count > 1 { lines.append(TextLine("  \(block.plan.service)", .strong)) }
        lines += wide(block, columns, width: width)
      }
    }
    let folded = plans.dropFirst(shown.count)
    if !folded.isEmpty {
      let changed = folded.reduce(0) { $0 + PlanRow.changed(by: $1).count }
      let affected = folded.reduce(0) { $0 + $1.affected.count }
      lines.append(
        TextLine("  and \(folded.count) services more: ", .warning)
          .appending("\(counted(changed, "name")) changed, \(affected) that lead elsewhere"))
    }
    return lines
  }

  private func wide(_ block: Block, _ columns: Columns, width: Int) -> [TextLine] {
    block.rows.map { row -> TextLine in
      var line = TextLine("  ")
      line.column(columns.name(of: row, block.folding), columns.name, row.isUnchanged ? .dim : .text)
      line.column(columns.sets(row.before, block.folding), columns.now, row.isUnchanged ? .dim : .removed)
      if row.isUnchanged { return line.appending("same name, \(ends(row, isWide: columns.isWide))") }
      line.add(
        ([columns.sets(row.after, block.folding)] + row.further(block.folding, glyphs)).joined(
          separator: " \(glyphs.leads) "), .added)
      if row.hopsAfter.isEmpty {
        if !row.leaving.isEmpty { line.add("  \(glyphs.minus) \(listed(row.leaving))", .removed) }
        if row.hopsBefore.isEmpty, !row.entering.isEmpty { line.add("  + \(listed(row.entering))", .added) }
      }
      return line
    } + more(block)
  }

  /// A line a name where there is no room for columns: `us-central1-b  A → CNAME → A ×2`.
  private func narrow(_ block: Block, width: Int) -> [TextLine] {
    let rows = block.rows
    let label = min(rows.map { columns(of: block.folding.label(of: $0.name)) }.max() ?? 0, width / 2)
    return rows.map { row in
      var line = TextLine("  ")
      line.column(block.folding.label(of: row.name), label, row.isUnchanged ? .dim : .text)
      if row.isUnchanged { return line.appending(ends(row, isWide: false)) }
      line.add("\(holdsText(row.before, glyphs: glyphs)) \(glyphs.leads) ", .removed)
      line.add(holdsText(row.after, glyphs: glyphs), .added)
      if !row.hopsAfter.isEmpty { line.add(" \(glyphs.leads) \(holdsText(row.endAfter, glyphs: glyphs))", .added) }
      return line
    } + more(block)
  }

  private func more(_ block: Block) -> [TextLine] {
    var lines: [TextLine] = []
    if block.moreChanged > 0 { lines.append(TextLine("  and \(counted(block.moreChanged, "name")) more", .warning)) }
    if block.moreAffected > 0 {
      lines.append(TextLine("  and \(counted(block.moreAffected, "name")) more that lead elsewhere", .dim))
    }
    return lines
  }

  /// Where an unchanged name leads now and before: `2 addresses instead of 3`, `A ×2 instead of A ×3`.
  private func ends(_ row: PlanRow, isWide: Bool) -> String {
    func addresses(_ sets: [RecordSet]) -> Int { sets.filter { $0.type != .cname }.reduce(0) { $0 + $1.values.count } }
    let (old, new) = (addresses(row.endBefore), addresses(row.endAfter))
    if old == new { return isWide ? "other addresses, \(new) as before" : "other addresses" }
    if isWide { return "\(new) address\(new == 1 ? "" : "es") instead of \(old)" }
    return "\(holdsText(row.endAfter, glyphs: glyphs)), was \(holdsText(row.endBefore, glyphs: glyphs))"
  }

  private func listed(_ addresses: [String]) -> String {
    addresses.prefix(2).joined(separator: " ") + (addresses.count > 2 ? " +\(addresses.count - 2)" : "")
  }
}

/// `1 name`, `3 names`.
func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
