import DNS
import Federation

/// What a server answers for one name and type once a commit has reached it.
struct Expectation: Hashable, Sendable {
  var key: RecordKey
  /// Nil when there is to be no such set.
  var set: RecordSet?

  /// What each set of a batch is in the end, in the plan's order; of a batch that changes nothing else, its mark.
  static func all(of batch: Batch) -> [Expectation] {
    var order: [RecordKey] = []
    var seen: Set<RecordKey> = []
    var sets: [RecordKey: RecordSet] = [:]
    for change in batch.changes {
      for set in [change.before, change.after].compactMap({ $0 }) where seen.insert(set.key).inserted {
        order.append(set.key)
      }
      if let after = change.after { sets[after.key] = after }
    }
    if order.isEmpty {
      let key = RecordKey(name: batch.markName, type: .txt)
      return [Expectation(key: key, set: batch.next.map { RecordSet(HeldRecordSet($0, at: batch.markName)) })]
    }
    return order.map { Expectation(key: $0, set: sets[$0]) }
  }

  /// What is different in an answer, one line; nil when it is as expected.
  func mismatch(_ message: Message) -> String? {
    guard message.responseCode == .noError || message.responseCode == .nameError else {
      return "\(key.name): \(message.responseCode)"
    }
    guard message.flags.contains(.authoritative) else { return "\(key.name): the server does not speak for the zone" }
    let held = HeldRecordSet.sets(of: message.answers.filter { $0.name == key.name }).first { $0.key == key }
    let served = held.map { RecordSet($0) }
    guard served != set else { return nil }
    let text =
      served.map { cleanText($0.values.joined(separator: ", "), limit: 120) } ?? "\(message.responseCode) without data"
    return "\(key.name) \(key.type.rawValue) is still \(text)"
  }
}
