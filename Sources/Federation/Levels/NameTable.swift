/// The places that names of any service can have in a federation, worked out once for all services.
///
/// A slot is one zone, one region, or the whole: a service's name there is its stem followed by the slot's suffix.
/// Slots are numbered from the top down, so that a slot's parent always has a smaller number.
struct NameTable: Sendable {
  struct Slot: Sendable {
    let level: Level
    /// What follows the stem: `us-central1-a.example.com`.
    let suffix: String
    /// The slot one level up; the global one is its own.
    let parent: Int
  }

  /// Where one cluster's shards have names.
  struct Place: Sendable {
    let cluster: Cluster
    /// The slots of its zones, ascending. Empty where the layout cannot tell its zones from others.
    var zones: [Int] = []
    var region = 0
    /// Why nothing of the cluster is named; nil when it is.
    var refusal: String?
    /// Why some zone of it has no name of its own.
    var remark: String?
  }

  static let global = 0
  private(set) var slots: [Slot]
  private(set) var places: [String: Place] = [:]
  private(set) var slotBySuffix: [Substring: Int] = [:]
  /// All slots in the order of their names.
  private(set) var sorted: [Int] = []
  private(set) var longestSuffix = 0

  /// Lays out the slots for clusters; what cannot be named is refused cluster by cluster (rule isolation).
  init(federation: Federation, clusters: [Cluster]) {
    let domain = federation.domain.text
    let isFlat = federation.nameLayout == .flat
    slots = [Slot(level: .global, suffix: domain, parent: 0)]
    let regions = Set(clusters.compactMap { localityLabel($0.region) })
    var regionsOfZone: [String: Set<String>] = [:]
    var zones: [String: Set<String>] = [:]
    for cluster in clusters {
      var place = Place(cluster: places[cluster.name]?.cluster ?? cluster)
      place.refusal = NameTable.refusal(of: cluster, regions: isFlat ? regions : [])
      if place.refusal == nil, let region = localityLabel(cluster.region) {
        for zone in cluster.zones.compactMap(localityLabel) {
          zones[region, default: []].insert(zone)
          regionsOfZone[zone, default: []].insert(region)
        }
        zones[region, default: []].formUnion([])
      }
      places[cluster.name] = place
    }
    var regionSlots: [String: Int] = [:]
    for region in zones.keys.sorted() {
      regionSlots[region] = slots.count
      slots.append(Slot(level: .region(region), suffix: "\(region).\(domain)", parent: NameTable.global))
    }
    var zoneSlots: [String: Int] = [:]
    for region in zones.keys.sorted() {
      for zone in zones[region, default: []].sorted() {
        if isFlat, regionsOfZone[zone, default: []].count > 1 { continue }
        zoneSlots["\(zone).\(region)"] = slots.count
        let suffix = isFlat ? "\(zone).\(domain)" : "\(zone).\(region).\(domain)"
        slots.append(
          Slot(level: .zone(zone, region: region), suffix: suffix, parent: regionSlots[region] ?? NameTable.global))
      }
    }
    for cluster in clusters where places[cluster.name]?.refusal == nil {
      guard let region = localityLabel(cluster.region) else { continue }
      places[cluster.name]?.region = regionSlots[region] ?? NameTable.global
      let labels = Set(cluster.zones.compactMap(localityLabel))
      places[cluster.name]?.zones = labels.compactMap { zoneSlots["\($0).\(region)"] }.sorted()
      if let shared = labels.sorted().first(where: { zoneSlots["\($0).\(region)"] == nil }) {
        let others = regionsOfZone[shared, default: []].sorted().joined(separator: " and ")
        places[cluster.name]?.remark =
          "zone \(shared) lies in \(others), which flat names cannot tell apart: use the nested layout"
      }
    }
    for (index, slot) in slots.enumerated() { slotBySuffix[Substring(slot.suffix)] = index }
    sorted = slots.indices.sorted { slots[$0].suffix < slots[$1].suffix }
    longestSuffix = slots.map(\.suffix.utf8.count).max() ?? 0
  }

  private static func refusal(of cluster: Cluster, regions: Set<String>) -> String? {
    guard localityLabel(cluster.region) != nil else {
      return cluster.region.isEmpty
        ? "cluster \(shown(cluster.name)) has no region: label its nodes or configure one"
        : "region \(shown(cluster.region)) of cluster \(shown(cluster.name)) cannot be one label of a name: configure another"
    }
    guard !cluster.zones.isEmpty, !cluster.zones.contains("") else {
      return "cluster \(shown(cluster.name)) has no zone: label its nodes or configure one"
    }
    for zone in cluster.zones {
      guard let label = localityLabel(zone) else {
        return "zone \(shown(zone)) of cluster \(shown(cluster.name)) cannot be one label of a name: configure another"
      }
      guard !regions.contains(label) else {
        return "zone \(shown(zone)) of cluster \(shown(cluster.name)) is named like a region: "
          + "rename it or use the nested layout"
      }
    }
    return nil
  }
}

/// A name from outside as a sentence may show it.
func shown(_ text: String) -> String { text.isEmpty ? "\"\"" : cleanText(text, limit: 80) }
