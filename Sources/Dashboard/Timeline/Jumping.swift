import Control
import Federation
import Journal

extension DashboardState {
  /// Goes to the place in the tree that the selected line of the timeline is about.
  mutating func openTimelineItem() {
    let items = timeline
    guard items.indices.contains(tableRow) else { return }
    let subject = items[tableRow].subject
    let parts = subject.split(separator: "/").map(String.init)
    let named = snapshot?.services.first { service in service.names.contains { $0.name.text == subject } }
    let service =
      named?.key
      ?? ServiceKey(parts.suffix(2).joined(separator: "/")).flatMap { key in
        snapshot?.services.first { $0.key == key }?.key
      }
    if let service { showService(service) }
    let level = named?.names.first { $0.name.text == subject }?.level
    guard let place = place(of: level) ?? place(of: parts, subject) else {
      guard service != nil else {
        toast(.warning, "\(subject) has no place in the tree")
        return
      }
      return show(.tree)
    }
    show(.tree)
    var around = place.parent
    while let id = around {
      folds[id] = false
      around = id.parent
    }
    selection = place
    refreshRows()
  }

  private func place(of level: Level?) -> PlaceID? {
    switch level {
    case .zone(let zone, let region): tree[.zone(zone, region: region)]?.id
    case .region(let region): tree[.region(region)]?.id
    case .global, nil: nil
    }
  }

  private func place(of parts: [String], _ subject: String) -> PlaceID? {
    if let target = try? CordonTarget(subject) { return place(of: target) }
    guard let first = parts.first else { return nil }
    return tree.places.first { $0.cluster == first }?.id ?? tree.places.first { $0.id.zone == first }?.id.zonePlace
      ?? tree[.region(first)]?.id
  }
}
