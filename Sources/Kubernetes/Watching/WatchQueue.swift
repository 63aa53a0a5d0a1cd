/// A queue of updates in which a later one about the same object takes the place of the earlier.
struct WatchQueue<Object: WatchedObject>: Sendable {
  private var entries: [WatchUpdate<Object>?] = []
  private var head = 0
  private var places: [ObjectKey: Int] = [:]
  private var condition: Int?
  private let keepsEveryState: Bool

  init(keepsEveryState: Bool = false) { self.keepsEveryState = keepsEveryState }

  /// Adds an update; costs O(1) on average.
  mutating func append(_ update: WatchUpdate<Object>) {
    switch update {
    case .replaced:
      // What came before is part of the list; only whether the watch goes on is not.
      let standing = condition.flatMap { entries[$0] }
      self = WatchQueue(keepsEveryState: keepsEveryState)
      entries.append(update)
      if let standing { append(standing) }
    case .applied(let object): place(update, for: object.key)
    case .removed(let key): place(update, for: key)
    case .interrupted, .restored:
      if let condition { entries[condition] = nil }
      condition = entries.count
      entries.append(update)
    }
  }

  mutating func popFirst() -> WatchUpdate<Object>? {
    while head < entries.count {
      let entry = entries[head]
      entries[head] = nil
      if condition == head { condition = nil }
      head += 1
      guard let entry else { continue }
      defer { compact() }
      switch entry {
      case .applied(let object): places[object.key] = nil
      case .removed(let key): places[key] = nil
      default: break
      }
      return entry
    }
    self = WatchQueue(keepsEveryState: keepsEveryState)
    return nil
  }

  /// Gives back the room of what was taken, so that a queue that never runs empty does not grow for ever.
  private mutating func compact() {
    guard head > 1024, head > entries.count / 2 else { return }
    entries.removeFirst(head)
    for key in places.keys { places[key]? -= head }
    condition = condition.map { $0 - head }
    head = 0
  }

  private mutating func place(_ update: WatchUpdate<Object>, for key: ObjectKey) {
    if !keepsEveryState, let place = places[key] {
      entries[place] = update
    } else {
      places[key] = entries.count
      entries.append(update)
    }
  }
}
