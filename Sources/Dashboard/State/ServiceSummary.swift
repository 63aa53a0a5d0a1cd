import Control
import Federation

/// One service in a line, counted once for each snapshot.
struct ServiceSummary: Hashable, Sendable {
  var key: ServiceKey
  /// Where it stands in the snapshot.
  var position: Int
  var tally: Tally
  var state: HealthState

  static func all(of census: Census) -> [ServiceSummary] {
    census.counts.enumerated().map { position, count in
      ServiceSummary(key: count.service.key, position: position, tally: count.tally, state: count.tally.rolledUp)
    }
  }
}
