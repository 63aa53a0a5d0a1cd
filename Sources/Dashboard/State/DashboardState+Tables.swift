import Control
import Federation

extension DashboardState {
  /// Puts the tables in order, for all frames until something changes.
  mutating func refreshTables() {
    let filter = filter
    tablesFilter = filter
    let kept =
      filter.isEmpty
      ? summaries
      : summaries.filter { summary in
        filter.matches(
          Filter.Subject(
            state: summary.state, region: "", zone: "", cluster: "", service: summary.key.description, addresses: []))
      }
    servicesShown = kept.sorted { left, right in
      if order == .worstFirst, left.state.severity != right.state.severity {
        return left.state.severity > right.state.severity
      }
      return left.key < right.key
    }
    let clusters = (snapshot?.clusters ?? []).filter { entry in
      filter.isEmpty
        || filter.matches(
          Filter.Subject(
            state: entry.cluster.condition.health, region: entry.cluster.region,
            zone: entry.cluster.zones.joined(separator: " "), cluster: entry.cluster.name, service: "", addresses: []))
    }
    clustersShown = clusters.sorted { left, right in
      let (one, two) = (left.cluster.condition.rank, right.cluster.condition.rank)
      return order == .worstFirst && one != two ? one < two : left.cluster.name < right.cluster.name
    }
  }
}

extension ClusterCondition {
  /// Those that do not answer come first.
  fileprivate var rank: Int {
    switch self {
    case .withdrawn: 0
    case .unreachable: 1
    case .notReady: 2
    case .ready: 3
    }
  }
}
