import Control
import Federation
import Glibc

/// Remembers where clusters lie, in a file of this user's state: `$XDG_STATE_HOME/zonetop/places-FEDERATION.json`.
struct PlaceMemory: Sendable {
  private let path: String?

  init(federation: Federation) {
    path = StateFolder.path.map { "\($0)/places-\(federation.name).\(federation.domain.text).json" }
  }

  /// What was remembered; nothing when there is no such file yet.
  func load() -> [String: MemberPlace] {
    guard let path, let text = try? TextFile.read(path) else { return [:] }
    return MemberPlace.decode(text)
  }

  /// Writes what the controller sees whenever a cluster's place is new or another, until the snapshots end.
  func follow(_ controller: Controller) async {
    var known = load()
    for await snapshot in controller.snapshots() {
      var seen = known
      for entry in snapshot.clusters where !entry.cluster.region.isEmpty && !entry.cluster.zones.isEmpty {
        seen[entry.cluster.name] = MemberPlace(region: entry.cluster.region, zones: entry.cluster.zones)
      }
      guard seen != known else { continue }
      known = seen
      if let path { TextFile.replace(path, by: MemberPlace.encode(seen)) }
    }
  }
}

/// The folder of files that outlive a run, only the user's own.
enum StateFolder {
  /// Made when it is missing; nil when it cannot be.
  static var path: String? {
    let folder = "\(Environment["XDG_STATE_HOME"] ?? "\(Environment.home)/.local/state")/zonetop"
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
    return access(folder, W_OK) == 0 ? folder : nil
  }
}
