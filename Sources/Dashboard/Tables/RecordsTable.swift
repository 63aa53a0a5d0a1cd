import Control
import Federation
import Terminal

/// The names of the selected service: desired, published, served, drift.
struct RecordsTable: Table {
  let state: DashboardState
  let glyphs: Glyphs
  let folding: NameFolding

  var rows: [RecordRow] { state.recordRows }

  func id(of row: RecordRow) -> RowID { .name(row.name.name) }

  var columns: [TableColumn<RecordRow>] {
    [
      TableColumn(
        name: "name", least: 14, wanted: 24, text: { TableText($0.label, $0.isAlias ? .accent : .text) },
        key: { .text($0.label) }),
      TableColumn(
        name: "drift", least: 11, wanted: 11, text: { TableText(drift($0), role(of: $0.drift)) },
        key: { .text($0.drift.rawValue) }),
      TableColumn(
        name: "published", least: 17, wanted: 36, text: { TableText(text($0.name.published)) },
        key: { .text(text($0.name.published)) }),
      TableColumn(
        name: "desired", least: isDrifting ? 16 : 7, wanted: 36,
        text: { row in
          if Set(row.name.desired) == Set(row.name.published) { return TableText(glyphs.equal, .dim) }
          return TableText(text(row.name.desired), .warning)
        }, key: { .text(text($0.name.desired)) }),
      TableColumn(
        name: "served", least: 6, wanted: 6,
        text: { row in
          guard let servers = row.name.servers else { return TableText("?", .dim) }
          return TableText(
            "\(servers.agreeing)/\(servers.asked)", servers.agreeing == servers.asked ? .ok : .warning)
        }, key: { .number(Int64($0.name.servers?.agreeing ?? 0)) }),
      TableColumn(
        name: "TTL", least: 5, wanted: 5, alignment: .trailing,
        text: { TableText($0.name.published.first.map { String($0.ttl) } ?? "", .dim) },
        key: { .number(Int64($0.name.published.first?.ttl ?? 0)) }),
    ]
  }

  /// `A 104.197.247.191`, `A ×3`, `CNAME us-central1`: what tells a value apart within its service.
  private func text(_ sets: [RecordSet]) -> String {
    guard sets.count == 1, let set = sets.first, set.type == .cname, let target = set.values.first else {
      return setsText(sets, folding, glyphs)
    }
    return "CNAME \(folding.label(of: DomainName(canonical: target)))"
  }

  /// What should be is read where it differs; elsewhere it needs no room.
  private var isDrifting: Bool { rows.contains { $0.drift == .differs || $0.drift == .missing } }

  private func drift(_ row: RecordRow) -> String {
    let sign: String =
      switch row.drift {
      case .inStep: glyphs.state.ok
      case .notServed, .differs: glyphs.different
      case .missing: glyphs.state.down
      case .notAsked: glyphs.state.stale
      case .nothing: glyphs.dot
      }
    return "\(sign) \(row.drift.rawValue)"
  }

  private func role(of drift: RecordRow.Drift) -> Role {
    switch drift {
    case .inStep: .ok
    case .notServed, .differs: .warning
    case .missing: .error
    case .notAsked, .nothing: .dim
    }
  }
}
