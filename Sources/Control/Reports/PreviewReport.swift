package import Federation

/// What `cordon` and `drain` print before they ask: names before and after, capacity, caches, and what objects.
package struct PreviewReport: Sendable {
  package var preview: DrainPreview

  package init(_ preview: DrainPreview) { self.preview = preview }

  package var lines: [String] {
    let cordon = preview.cordon
    var lines = [
      "\(cordon.kind.rawValue) \(cordon.target)"
        + (cordon.service.map { " of \($0)" } ?? "") + " until \(cordon.expires), because \"\(cordon.reason)\"", "",
    ]
    var table = TextTable(["NAME", "NOW", "AFTER"])
    for change in preview.plans.flatMap(\.changes) {
      table.add([change.name.text, change.before?.summary ?? "nothing", change.after?.summary ?? "nothing"])
    }
    for name in preview.affected { table.add([name.text, "unchanged", "its chain now ends elsewhere"]) }
    lines += preview.plans.allSatisfy(\.changes.isEmpty) ? ["no name changes"] : table.lines
    lines.append("")
    for capacity in preview.capacity {
      lines.append(
        "capacity  \(capacity.service) \(capacity.level.words): \(capacity.remaining) of \(capacity.total) ready endpoints stay"
      )
    }
    lines.append(
      "caches    the last cached answer ends \(ageText(preview.cachesEndAfter)) after every server serves the change")
    lines += preview.objections.map { "objects   \($0.rule.rawValue): \($0.why)" }
    lines.append("plan      \(preview.planHash)")
    return lines
  }
}

extension Level {
  /// The level and its place in words.
  package var words: String {
    switch self {
    case .zone(let zone, _): "zone \(zone)"
    case .region(let region): "region \(region)"
    case .global: "global"
    }
  }
}
