import Control
import Federation

/// Makes entries of the pictures that come: the first one whole, then what changed, and a whole one from time to time.
struct PictureDiffer: Sendable {
  /// The picture that the last entry led to.
  private(set) var last: FederationSnapshot?
  private var changes = 0

  /// After so many changes a picture is whole again, so that any moment is near one.
  static let wholeEvery = 64
  /// What changes nothing but that something was heard again is an entry at most this often.
  static let quietEvery: Duration = .seconds(10)

  /// Nil when nothing has changed that is worth an entry now.
  mutating func entry(for snapshot: FederationSnapshot) -> JournalEntry? {
    guard let last, changes < Self.wholeEvery else { return whole(snapshot) }
    guard let change = PictureChange(from: last, to: snapshot) else { return whole(snapshot) }
    if change.isQuiet, snapshot.time - last.time < Self.quietEvery { return nil }
    self.last = snapshot
    changes += 1
    return JournalEntry(time: snapshot.time, content: .change(change))
  }

  private mutating func whole(_ snapshot: FederationSnapshot) -> JournalEntry? {
    if let last, let change = PictureChange(from: last, to: snapshot), change.isQuiet,
      snapshot.time - last.time < Self.quietEvery
    {
      return nil
    }
    last = snapshot
    changes = 0
    return JournalEntry(time: snapshot.time, content: .picture(snapshot))
  }
}
