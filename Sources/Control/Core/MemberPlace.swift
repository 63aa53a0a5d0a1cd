internal import JSON

/// Where a cluster lies, as it was last seen to: remembered so that a controller which starts while the cluster is dead
/// still knows which names are its.
package struct MemberPlace: Sendable, Hashable {
  package var region: String
  /// Sorted.
  package var zones: [String]

  package init(region: String, zones: [String]) {
    self.region = region
    self.zones = zones
  }

  /// Writes the places of some clusters, by name, as one JSON text.
  package static func encode(_ places: [String: MemberPlace]) -> String {
    JSONValue.object(
      places.mapValues { ["region": .string($0.region), "zones": .array($0.zones.map(JSONValue.string))] }
    ).text(.pretty)
  }

  /// Reads what ``encode(_:)`` wrote; what is not understood is forgotten, since nodes say it again.
  package static func decode(_ text: String) -> [String: MemberPlace] {
    let members = (try? JSONValue.parse(text))?.object ?? [:]
    return members.compactMapValues { value in
      guard let region = value["region"]?.string, let zones = value["zones"]?.array?.compactMap(\.string),
        !region.isEmpty, !zones.isEmpty
      else { return nil }
      return MemberPlace(region: region, zones: zones.sorted())
    }
  }
}
