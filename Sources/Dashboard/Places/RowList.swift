/// The rows of a tree without a row for each: its places that have one, each with how many leaves are unfolded below it.
struct RowList: Sendable {
  struct Entry: Hashable, Sendable {
    /// Index in ``PlaceTree/places``.
    var place: Int
    /// The row of the place; those of its leaves follow.
    var row: Int
    var leaves: Int
  }

  private(set) var entries: [Entry] = []
  private(set) var count = 0
  private var entryOfPlace: [Int: Int] = [:]

  var isEmpty: Bool { entries.isEmpty }
  var indices: Range<Int> { 0..<count }

  mutating func append(_ place: Int, leaves: Int) {
    entryOfPlace[place] = entries.count
    entries.append(Entry(place: place, row: count, leaves: leaves))
    count += 1 + leaves
  }

  /// The place that has a row, or whose leaf has it. Cost: the logarithm of the places.
  func entry(at row: Int) -> Int? {
    guard indices.contains(row) else { return nil }
    var (low, high) = (0, entries.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if entries[middle].row <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Where a place stands; nil when it has no row.
  func entry(of place: Int) -> Entry? { entryOfPlace[place].map { entries[$0] } }
}
