import Federation
import JSON
import Synchronization

/// The last whole read of a zone from etcd, kept to be given again while nothing has changed; shared by all copies of a
/// provider.
final class EtcdLastRead: Sendable {
  struct Read: Sendable {
    /// As of when it was.
    var revision: Int64
    /// How many keys there were.
    var count: Int64
    var contents: ZoneContents
    /// How often it was found to stand.
    var age = 0
  }

  /// How often that is believed before the zone is read whole again: an etcd that was restored from a backup has another
  /// history under the same numbers.
  private static let mostConfirmations = 9

  private let read = Mutex<Read?>(nil)

  /// The read that may still stand; nil when the zone must be read whole.
  var candidate: Read? {
    read.withLock { read in
      guard let read, read.age < Self.mostConfirmations else { return nil }
      return read
    }
  }

  func confirm() { read.withLock { $0?.age += 1 } }

  /// Keeps a whole read; one that found what the last one found is the same version.
  func keep(_ contents: ZoneContents, revision: Int64, count: Int64) -> ZoneContents {
    read.withLock { read in
      var contents = contents
      contents.version = read?.contents == contents ? read?.contents.version : ZoneVersion()
      read = Read(revision: revision, count: count, contents: contents)
      return contents
    }
  }
}

extension EtcdLastRead.Read {
  /// Asks for one key that was written since, and for how many there are.
  ///
  /// Whatever was written bears a later revision, and what was only deleted is missing from the count.
  func question(_ keys: EtcdKeys) -> JSONValue {
    var members = keys.members
    members["min_mod_revision"] = .string(String(revision + 1))
    members["keys_only"] = true
    members["limit"] = "1"
    return .object(members)
  }

  /// Whether the answer to ``question(_:)`` says that nothing has changed.
  ///
  /// - Parameter now: the revision of the answer; an earlier one is that of another history.
  func stands(_ answer: JSONValue, at now: Int64) -> Bool {
    guard let range = EtcdRange(answer), now >= revision else { return false }
    return range.entries.isEmpty && (answer["count"]?.string.flatMap { Int64($0) } ?? 0) == count
  }
}
