import Control
import Federation
import Terminal

/// Every member cluster in a line.
struct ClustersTable: Table {
  let state: DashboardState
  let glyphs: Glyphs

  var rows: [ClusterSnapshot] { state.clustersShown }

  func id(of row: ClusterSnapshot) -> RowID { .cluster(row.cluster.name) }

  var columns: [TableColumn<ClusterSnapshot>] {
    [
      TableColumn(
        name: "condition", least: 13, wanted: 13,
        text: {
          let health = $0.cluster.condition.health
          return TableText("\(glyphs.sign(of: health)) \($0.cluster.condition.word)", health.role)
        }, key: { .number(Int64(-$0.cluster.condition.health.severity)) }),
      TableColumn(
        name: "cluster", least: 16, wanted: 28, text: { TableText($0.cluster.name, .strong) },
        key: { .text($0.cluster.name) }),
      TableColumn(
        name: "region", least: 12, wanted: 16, text: { TableText($0.cluster.region) },
        key: { .text($0.cluster.region) }),
      TableColumn(
        name: "heard", least: 5, wanted: 5, alignment: .trailing,
        text: { row in
          let age = row.lastHeard.map { heardText(state.now - $0) } ?? "never"
          return TableText(age, row.cluster.condition == .ready ? .dim : .stale)
        }, key: { .number(-($0.lastHeard?.nanoseconds ?? 0)) }),
      TableColumn(
        name: "since", least: 5, wanted: 5, alignment: .trailing,
        text: { TableText(ageText(state.now - $0.since), .dim) }, key: { .number(-$0.since.nanoseconds) }),
      TableColumn(
        name: "zones", least: 14, wanted: 24, text: { TableText($0.cluster.zones.joined(separator: " ")) },
        key: { .text($0.cluster.zones.joined(separator: " ")) }),
      TableColumn(
        name: "why", least: 14, wanted: 30,
        text: { TableText($0.reason, $0.cluster.condition == .ready ? .dim : $0.cluster.condition.health.role) },
        key: { .text($0.reason) }),
    ]
  }
}

extension ClusterCondition {
  /// As the screen shows a cluster in this condition: glyph, letters and colour.
  var health: HealthState {
    switch self {
    case .ready: .ok
    case .notReady, .withdrawn: .down
    case .unreachable: .stale
    }
  }

  /// One word.
  var word: String {
    switch self {
    case .ready: "Ready"
    case .notReady: "Offline"
    case .unreachable: "unreachable"
    case .withdrawn: "withdrawn"
    }
  }
}
