import Control
import Federation

extension DashboardState {
  /// How far a drain has come; nil for a cordon, and for what is not in the picture.
  func phases(of cordon: Cordon) -> DrainPhases? { drainFacts[cordon].map { DrainPhases($0, now: now) } }

  /// How far the drain over a leaf has come, in a few characters for its row; nil when there is none.
  func progress(of place: Place) -> String? {
    guard !drainFacts.isEmpty else { return nil }
    let own = shard(of: place)?.verdict.service ?? service
    let drain = (snapshot?.cordons ?? []).first { cordon in
      guard cordon.kind == .drain, cordon.service == nil || cordon.service == own else { return false }
      return switch cordon.target {
      case .region(let region): region == place.id.region
      case .zone(let zone): zone == place.id.zone
      case .cluster(let name): name == place.cluster
      case .shard(let name, let key): name == place.cluster && key == own
      }
    }
    return drain.flatMap(phases)?.brief
  }

  /// Orders on a place that ended not long ago, newest first: they are no longer in the picture, what happened is.
  func ended(over id: PlaceID) -> [Event] {
    let targets = [target(of: id).description, "region/\(id.region)"] + (id.zone.map { ["zone/\($0)"] } ?? [])
    return (snapshot?.events ?? []).filter {
      $0.kind == .uncordon && targets.contains($0.subject) && now - $0.time < .seconds(600)
    }
  }

  /// Works out what is known of every drain in force; kept until the next picture.
  mutating func refreshDrains() {
    drainFacts = [:]
    guard let snapshot else { return }
    for cordon in snapshot.cordons where cordon.kind == .drain {
      drainFacts[cordon] = DrainPhases.Facts(cordon, snapshot)
    }
  }
}
