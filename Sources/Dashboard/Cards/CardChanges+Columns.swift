import Control
import Federation
import Terminal

extension CardChanges {
  /// The rows of one service, as many as are shown; names that lead elsewhere alike are one row and a count.
  struct Block {
    let plan: ServicePlan
    let folding: NameFolding
    var rows: [PlanRow]
    let moreChanged: Int
    var moreAffected = 0

    init(plan: ServicePlan, folding: NameFolding) {
      self.plan = plan
      self.folding = folding
      let changed = PlanRow.changed(by: plan)
      rows = Array(changed.prefix(CardChanges.mostNames))
      moreChanged = changed.count - rows.count
      var alike: [[[RecordSet]]: Int] = [:]
      var affected = 0
      for row in PlanRow.affected(by: plan) {
        alike[[row.endBefore, row.endAfter], default: 0] += 1
        if alike[[row.endBefore, row.endAfter]] == 1, affected < CardChanges.mostAffected {
          rows.append(row)
          affected += 1
        } else {
          moreAffected += 1
        }
      }
    }
  }

  /// As wide as what stands in them, and not so wide that nothing is left for what comes after.
  struct Columns {
    let name: Int
    let now: Int
    /// Whether names are written with their domain.
    let isWide: Bool
    private let glyphs: Glyphs

    init(_ blocks: [Block], width: Int, _ glyphs: Glyphs) {
      isWide = width >= 90
      self.glyphs = glyphs
      name = min(
        40,
        blocks.flatMap { block in
          block.rows.map { row in
            Terminal.columns(of: Columns.name(row.name, block.folding, isWide: width >= 90, glyphs))
          }
        }.max() ?? 4)
      now = min(
        26,
        blocks.flatMap { block in
          block.rows.map { row in
            Terminal.columns(of: Columns.sets(row.before, block.folding, isWide: width >= 90, glyphs))
          }
        }.max() ?? 4)
    }

    func name(of row: PlanRow, _ folding: NameFolding) -> String {
      Self.name(row.name, folding, isWide: isWide, glyphs)
    }

    func sets(_ sets: [RecordSet], _ folding: NameFolding) -> String {
      Self.sets(sets, folding, isWide: isWide, glyphs)
    }

    private static func name(_ name: DomainName, _ folding: NameFolding, isWide: Bool, _ glyphs: Glyphs) -> String {
      folding.short(name, ellipsis: glyphs.ellipsis, width: isWide ? 40 : 0)
    }

    /// An alias is written by the label of what it leads to where there is little room.
    private static func sets(_ sets: [RecordSet], _ folding: NameFolding, isWide: Bool, _ glyphs: Glyphs) -> String {
      guard !isWide, let target = sets.first(where: { $0.type == .cname })?.values.first else {
        return setsText(sets, folding, glyphs)
      }
      return "CNAME \(folding.label(of: DomainName(canonical: target)))"
    }
  }
}
