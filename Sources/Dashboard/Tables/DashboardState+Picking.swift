import Control
import Federation
import Terminal

extension DashboardState {
  /// What each row of the table on screen stands for, in order; empty where the view is no table.
  ///
  /// Cost: linear in the rows, and their sorting where a column is chosen.
  var rowIDs: [RowID] {
    func ids<T: Table>(_ table: T) -> [RowID] { table.ordered(choices[view] ?? TableChoice()).map(table.id) }
    switch view {
    case .services: return ids(ServicesTable(state: self, glyphs: .unicode))
    case .clusters: return ids(ClustersTable(state: self, glyphs: .unicode))
    case .records:
      return ids(
        RecordsTable(state: self, glyphs: .unicode, folding: NameFolding(service: Self.nobody, federation: nil)))
    case .doctor: return ids(FindingsTable(state: self, glyphs: .unicode))
    case .timeline: return timeline.map(RowID.item)
    case .tree, .trace: return []
    }
  }

  private static let nobody = ServiceKey(namespace: "", name: "")

  /// The selected row of the table on screen: where what was picked stands now, else the nearest to where it was.
  var tableRow: Int {
    let ids = rowIDs
    guard let picked = picked[view] else { return 0 }
    return ids.firstIndex(of: picked.id) ?? max(0, min(picked.row, ids.count - 1))
  }

  /// The row that is selected in the table on screen; nil where there is none.
  var pickedID: RowID? {
    let ids = rowIDs
    let row = tableRow
    return ids.indices.contains(row) ? ids[row] : nil
  }

  mutating func pick(_ row: Int) {
    let ids = rowIDs
    guard !ids.isEmpty else { return }
    let row = max(0, min(row, ids.count - 1))
    picked[view] = Picked(id: ids[row], row: row)
  }

  mutating func pick(_ id: RowID, in view: ViewKind) { picked[view] = Picked(id: id, row: 0) }

  /// The row of the table that is drawn at a row of its area, below the titles; nil where none is.
  func tableRow(at row: Int, height: Int) -> Int? {
    let count = rowIDs.count
    guard row > 0, height > 1, count > 0 else { return nil }
    let index = firstRow(selected: tableRow, count: count, height: height - 1) + row - 1
    return index < count ? index : nil
  }

  var pickedService: ServiceKey? {
    if case .service(let key)? = pickedID { key } else { nil }
  }

  var pickedCluster: ClusterSnapshot? {
    guard case .cluster(let name)? = pickedID else { return nil }
    return snapshot?.clusters.first { $0.cluster.name == name }
  }

  var pickedRecord: RecordRow? {
    guard case .name(let name)? = pickedID else { return nil }
    return recordRows.first { $0.name.name == name }
  }

  var pickedFinding: Finding? {
    guard case .finding(let id)? = pickedID else { return nil }
    return findings.first { "\($0.subject) \($0.what) \($0.evidence)" == id }
  }

  /// Whether what is selected has more to show than its row.
  var hasDetail: Bool { [.services, .clusters, .doctor].contains(view) }

  /// The columns of the table on screen, by name.
  var columnNames: [String] {
    switch view {
    case .services: ServicesTable(state: self, glyphs: .unicode).columns.map(\.name)
    case .clusters: ClustersTable(state: self, glyphs: .unicode).columns.map(\.name)
    case .records:
      RecordsTable(state: self, glyphs: .unicode, folding: NameFolding(service: Self.nobody, federation: nil)).columns
        .map(\.name)
    case .doctor: FindingsTable(state: self, glyphs: .unicode).columns.map(\.name)
    case .tree, .trace, .timeline: []
    }
  }

  /// Orders the table on screen by the next of its columns; after the last, worst first again.
  mutating func sortByNextColumn() {
    let names = columnNames
    var choice = choices[view] ?? TableChoice()
    let next = choice.sort.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    choice.sort = next < names.count ? names[next] : nil
    choice.isReversed = false
    choices[view] = choice
    toast(.done, choice.sort.map { "sorted by \($0)" } ?? "worst first")
  }

  /// A row that was picked, and where it stood.
  struct Picked: Hashable, Sendable {
    var id: RowID
    var row: Int
  }
}
