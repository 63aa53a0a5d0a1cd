import Control
import Terminal

/// What is not as it should be, the most urgent first.
struct FindingsTable: Table {
  let state: DashboardState
  let glyphs: Glyphs

  var rows: [Finding] {
    let filter = state.filter
    guard !filter.isEmpty else { return state.findings }
    return state.findings.filter { finding in
      filter.matches(
        Filter.Subject(
          state: finding.severity.health, region: finding.subject, zone: finding.what, cluster: finding.evidence,
          service: finding.cure, addresses: []))
    }
  }

  func id(of row: Finding) -> RowID { .finding("\(row.subject) \(row.what) \(row.evidence)") }

  var columns: [TableColumn<Finding>] {
    [
      TableColumn(
        name: "severity", least: 9, wanted: 9,
        text: { TableText("\(glyphs.sign(of: $0.severity.health)) \($0.severity.rawValue)", $0.severity.role) },
        key: { .number(Int64(-$0.severity.health.severity)) }),
      TableColumn(
        name: "subject", least: 18, wanted: 36, text: { TableText($0.subject, .strong) }, key: { .text($0.subject) }),
      TableColumn(name: "what", least: 16, wanted: 40, text: { TableText($0.what) }, key: { .text($0.what) }),
    ]
  }
}

extension Finding.Severity {
  /// The state whose glyph and filter words it shares.
  var health: HealthState {
    switch self {
    case .error: .down
    case .warning: .degraded
    case .note: .ok
    }
  }

  var role: Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .dim
    }
  }
}
