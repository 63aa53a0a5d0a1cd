import Control
import Federation
import Terminal

/// The names that change, before and after, and those whose chain ends elsewhere.
struct CardChanges {
  let preview: DrainPreview
  let federation: Federation?
  let glyphs: Glyphs

  /// Services, and names besides, that are listed one by one: an order over a thousand services has more than anybody reads.
  static let most = 50

  func lines(width: Int) -> [TextLine] {
    let name = width >= 90 ? 40 : width * 2 / 5
    let now = width >= 90 ? 22 : width / 4
    var lines: [TextLine] = []
    var title = TextLine("  ")
    title.column("name", name, .dim)
    title.column("now", now, .dim)
    title.add("after", .dim)
    lines.append(title)
    let changed = preview.plans.filter { !$0.changes.isEmpty }
    for plan in changed.prefix(Self.most) {
      let folding = NameFolding(service: plan.service, federation: federation)
      if preview.plans.count > 1 { lines.append(TextLine("  \(plan.service)", .strong)) }
      for row in rows(of: plan) {
        var line = TextLine("  ")
        line.column(folding.short(row.name, ellipsis: glyphs.ellipsis, width: name), name)
        line.column(setsText(row.before, folding, glyphs), now, .removed)
        line.add(setsText(row.after, folding, glyphs), .added)
        let gone = leaving(row)
        if !gone.isEmpty, row.after.contains(where: { $0.type != .cname }) {
          line.add("  \(glyphs.minus) \(gone.joined(separator: " "))", .removed)
        }
        lines.append(line)
      }
    }
    if lines.count == 1 { lines = [TextLine("  no name changes")] }
    let rest = changed.dropFirst(Self.most)
    if !rest.isEmpty {
      let names = rest.reduce(0) { $0 + Set($1.changes.map(\.name)).count }
      lines.append(TextLine("  and \(names) names of \(rest.count) more services", .warning))
    }
    let foldings = preview.plans.map { NameFolding(service: $0.service, federation: federation) }
    for other in preview.affected.prefix(Self.most) {
      let folding = foldings.first { $0.rest(of: other) != nil }
      var line = TextLine("  ")
      line.column(folding?.short(other, ellipsis: glyphs.ellipsis, width: name) ?? other.text, name, .dim)
      lines.append(line.appending("itself the same; what it leads to changes", .dim))
    }
    if preview.affected.count > Self.most {
      lines.append(TextLine("  and \(preview.affected.count - Self.most) more that stay and lead elsewhere", .dim))
    }
    return lines
  }

  private struct Row {
    var name: DomainName
    var before: [RecordSet]
    var after: [RecordSet]
  }

  /// A deleted A and a created CNAME at one name are one line; zones come before regions before the global name.
  private func rows(of plan: ServicePlan) -> [Row] {
    var rows: [Row] = []
    for change in plan.changes {
      if let index = rows.firstIndex(where: { $0.name == change.name }) {
        rows[index].before += change.before.map { [$0] } ?? []
        rows[index].after += change.after.map { [$0] } ?? []
      } else {
        rows.append(
          Row(
            name: change.name, before: change.before.map { [$0] } ?? [], after: change.after.map { [$0] } ?? []))
      }
    }
    func height(_ name: DomainName) -> Int { name.text.utf8.count { $0 == UInt8(ascii: ".") } }
    return rows.sorted { left, right in
      // Leaving ones first: what becomes a CNAME is what the order is about.
      let (one, two) = (left.after.contains { $0.type == .cname }, right.after.contains { $0.type == .cname })
      if one != two { return one }
      return (height(right.name), left.name.text) < (height(left.name), right.name.text)
    }
  }

  private func leaving(_ row: Row) -> [String] {
    let kept = Set(row.after.flatMap(\.values))
    return row.before.filter { $0.type != .cname }.flatMap(\.values).filter { !kept.contains($0) }
  }
}
