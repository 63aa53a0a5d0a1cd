import Control
import Federation
import Terminal

/// Every federated service in a line.
struct ServicesTable: Table {
  let state: DashboardState
  let glyphs: Glyphs

  var rows: [ServiceSummary] { state.servicesShown }

  func id(of row: ServiceSummary) -> RowID { .service(row.key) }

  private func service(_ row: ServiceSummary) -> ServiceSnapshot? { state.snapshot?.services[row.position] }

  var columns: [TableColumn<ServiceSummary>] {
    [
      TableColumn(
        name: "state", least: 7, wanted: 7,
        text: { TableText("\(glyphs.sign(of: $0.state)) \($0.state.letters)", $0.state.role) },
        key: { .number(Int64(-$0.state.severity)) }),
      TableColumn(
        name: "service", least: 16, wanted: 40,
        text: { TableText($0.key.description, $0.key == state.service ? .strong : .text) },
        key: { .text($0.key.description) }),
      TableColumn(
        name: "serving", least: 10, wanted: 12,
        text: { TableText("\($0.tally.serving) of \($0.tally.total)", $0.state.role) },
        key: { .number(Int64($0.tally.serving)) }),
      TableColumn(
        name: "addresses", least: 9, wanted: 9, alignment: .trailing, text: { TableText(String(addresses($0))) },
        key: { .number(Int64(addresses($0))) }),
      TableColumn(
        name: "gen", least: 6, wanted: 6, alignment: .trailing,
        text: { TableText(service($0)?.generation.map(String.init) ?? "", .dim) },
        key: { .number(Int64(clamping: service($0)?.generation ?? 0)) }),
      TableColumn(
        name: "TTL", least: 5, wanted: 5, alignment: .trailing,
        text: { TableText(service($0).map { String($0.ttl) } ?? "", .dim) },
        key: { .number(Int64(service($0)?.ttl ?? 0)) }),
      TableColumn(name: "notes", least: 12, wanted: 24, text: notes, key: { .text(notes($0).text) }),
    ]
  }

  private func addresses(_ row: ServiceSummary) -> Int {
    let global = service(row)?.name(at: .global)?.published ?? []
    return global.filter { $0.type == .a || $0.type == .aaaa }.reduce(0) { $0 + $1.values.count }
  }

  private func notes(_ row: ServiceSummary) -> TableText {
    guard let service = service(row) else { return TableText("") }
    if !service.held.isEmpty {
      return TableText("held: " + Set(service.held.map(\.rule.rawValue)).sorted().joined(separator: ", "), .held)
    }
    if let pin = service.pin { return TableText("rolled back to generation \(pin.pin.generation)", .held) }
    let count = service.namesToChange
    if count > 0 { return TableText("\(count) name\(count == 1 ? "" : "s") to change", .warning) }
    if !service.refusals.isEmpty { return TableText("refused by \(service.refusals.count) clusters", .warning) }
    return TableText("in step", .dim)
  }
}
