import DNS
import Federation
import JSON

/// One change of a managed zone: exact deletions and additions, done whole or not at all.
///
/// The deletion of the mark of one generation, with the addition of the next one's, is the fence: Cloud DNS refuses the
/// change when the zone holds another.
struct CloudChange: Hashable, Sendable {
  private(set) var deletions: [CloudRecordSet] = []
  private(set) var additions: [CloudRecordSet] = []

  /// - Parameter held: record sets as the zone holds them; others are deleted in the form that zonetop writes.
  init(_ transaction: Transaction, held: [RecordKey: CloudRecordSet] = [:]) {
    var expected: [RecordKey: HeldRecordSet] = [:]
    for case .holds(let set) in transaction.pins { expected[set.key] = set }
    for step in transaction.steps {
      for type in step.removals {
        let key = RecordKey(name: step.name, type: type)
        if let set = held[key] ?? expected[key].map(CloudRecordSet.init) { deletions.append(set) }
      }
      additions += step.additions.map(CloudRecordSet.init)
    }
  }

  /// Several changes as one.
  init(joining changes: [CloudChange]) {
    deletions = changes.flatMap(\.deletions)
    additions = changes.flatMap(\.additions)
  }

  /// How much of what one change may hold it takes.
  var weight: Int { max(deletions.count, additions.count) }

  /// The most deletions, and the most additions, of one change (the documented quota).
  static let most = 1_000

  var json: JSONValue {
    ["deletions": .array(deletions.map(\.json)), "additions": .array(additions.map(\.json))]
  }

  /// The sentence for a change that would touch what zonetop never changes; nil when there is no such thing.
  var obstacle: ProviderError? {
    for set in deletions {
      guard let obstacle = set.obstacle else { continue }
      return ProviderError(
        .refused,
        "\(set.held.name) \(set.held.type.rawValue) has \(obstacle), which zonetop never changes: remove it by hand, or let zonetop leave the name alone"
      )
    }
    return nil
  }
}
