import Control
import Federation

/// Makes entries of the pictures that come: the first one whole, then what changed.
///
/// That everything has been heard and looked at again is most of what changes and the least of what matters. It is told
/// only as often as ``quietRate`` allows; between those times ages and counts are as they were told last.
struct PictureDiffer: Sendable {
  /// The picture that the last entry led to.
  private(set) var last: FederationSnapshot?
  /// The picture that came last. It differs from ``last`` in quiet things alone, so that the next one, which shares most
  /// of its storage with it, need be compared with this one only to see that it does too.
  private var seen: FederationSnapshot?
  /// When quiet things may be told again.
  private var nextQuiet = Timestamp(seconds: 0)

  /// At most this often, whatever it costs.
  static let quietEvery: Duration = .seconds(10)
  /// Bytes a second: the 64 MiB of all journals hold days of it.
  static let quietRate = 200

  /// Nil when nothing has changed that is worth an entry now.
  mutating func entry(for snapshot: FederationSnapshot) -> JournalEntry? {
    defer { seen = snapshot }
    if snapshot.time < nextQuiet, let seen, PictureChange(from: seen, to: snapshot)?.isQuiet == true { return nil }
    guard let last, let all = PictureChange(from: last, to: snapshot) else {
      last = snapshot
      nextQuiet = snapshot.time + Self.quietEvery
      return JournalEntry(time: snapshot.time, content: .picture(snapshot))
    }
    let tellsQuiet = snapshot.time >= nextQuiet
    if !tellsQuiet, all.isQuiet { return nil }
    let change = tellsQuiet ? all : all.loud
    self.last = tellsQuiet ? snapshot : change.applied(to: last)
    if tellsQuiet {
      nextQuiet = snapshot.time + max(Self.quietEvery, .seconds(all.quietBytes / Self.quietRate))
    }
    return JournalEntry(time: snapshot.time, content: .change(change))
  }
}
