import Control
import Federation
import JSON

/// Another look at a shard that is as it was: when, and what was counted.
struct ShardLook: Hashable, Sendable {
  var cluster: String
  var observed: Timestamp?
  /// How many of the oldest counts are gone, and which are new.
  var gone: Int
  var added: [Int]

  /// Nil when more than that has changed.
  init?(from old: ShardSnapshot, to new: ShardSnapshot) {
    var looked = old
    looked.observed = new.observed
    looked.history = new.history
    guard looked == new else { return nil }
    cluster = new.shard.cluster
    observed = new.observed
    gone = (0...old.history.count).first { new.history.starts(with: old.history[$0...]) } ?? old.history.count
    added = Array(new.history[(old.history.count - gone)...])
  }

  func apply(to shard: inout ShardSnapshot) {
    shard.observed = observed
    shard.history = Array(shard.history.dropFirst(max(0, gone))) + added
  }
}

extension ShardLook: JournalValue {
  var journal: JSONValue {
    members([
      "cluster": cluster.journal, "observed": observed?.journal, "gone": gone == 0 ? nil : gone.journal,
      "added": added.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    cluster = try read("cluster")
    observed = try read.optional("observed")
    gone = try read.optional("gone") ?? 0
    added = try read.list("added")
  }
}
