import Control
import Federation

/// One name as the records view shows it: what should be, what the provider holds, what its servers answer.
struct RecordRow: Hashable {
  /// The name at its three stages; an alias as if it were one of the service's names.
  var name: NameSnapshot
  /// What it is called beside the others of the service.
  var label: String
  var isAlias = false
  /// Why an alias is not in step.
  var why: String?

  /// What differs, in words.
  var drift: Drift {
    if name.published.isEmpty, name.desired.isEmpty { return .nothing }
    if Set(name.desired) != Set(name.published) { return name.published.isEmpty ? .missing : .differs }
    guard let servers = name.servers else { return .notAsked }
    return servers.agreeing == servers.asked ? .inStep : .notServed
  }

  enum Drift: String, Hashable {
    case inStep = "in step"
    /// Published and not yet answered by every server.
    case notServed = "unserved"
    case differs = "to change"
    case missing = "missing"
    case notAsked = "not asked"
    case nothing
  }
}

extension DashboardState {
  /// The rows of the records view: the selected service's names, the global one first, and the aliases that lead there.
  var recordRows: [RecordRow] {
    guard let service = serviceSnapshot, let snapshot else { return [] }
    let folding = NameFolding(service: service.key, federation: snapshot.federation)
    let names = recordsShown.map { RecordRow(name: $0, label: folding.label(of: $0.name)) }
    let aliases = snapshot.aliases.filter { $0.alias.service == service.key }.map { alias in
      RecordRow(
        name: NameSnapshot(
          name: alias.alias.name, level: .global, desired: alias.desired.map { [$0] } ?? [],
          published: alias.published.map(\.recordSet)), label: alias.alias.name.text, isAlias: true, why: alias.why)
    }
    let filter = filter
    guard !filter.isEmpty else { return names + aliases }
    return (names + aliases).filter { row in
      let state: HealthState = row.drift == .inStep || row.drift == .notAsked ? .ok : .degraded
      return filter.matches(
        Filter.Subject(
          state: state, region: row.label, zone: row.name.name.text, cluster: "", service: service.key.description,
          addresses: row.name.published.flatMap(\.values)))
    }
  }
}
