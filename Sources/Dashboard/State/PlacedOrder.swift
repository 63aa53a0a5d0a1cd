import Federation

/// An order that was given from this dashboard, so that it can be taken back.
struct PlacedOrder: Hashable, Sendable {
  var cordon: Cordon
  /// Whether its place was marked: orders that follow from one what-if are taken back together.
  var wasMarked: Bool

  /// How many are remembered.
  static let limit = 32
}
