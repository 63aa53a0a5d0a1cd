/// What must hold in every state.
enum Promise: String, Sendable, CaseIterable {
  /// A name that answered once answers for ever, until its service is deleted.
  case neverEmpty = "never-empty"
  /// A batch is carried out only on the generation it was planned on.
  case fenced
  /// No alias leads nowhere, in a circle or too far, not even between two steps of a batch.
  case noDangling = "no-dangling"
  /// What somebody else put there stays as it was.
  case owned
  /// An address that is published stays while its shard has been healthy throughout.
  case noFalseRemoval = "no-false-removal"
  /// A writer that has lost sight of too many clusters writes nothing.
  case failStatic = "fail-static"
  /// A batch changes something.
  case idempotent
}

/// A promise that was broken, with the shortest way there.
struct Violation: Sendable, CustomStringConvertible {
  var promise: Promise
  var what: String
  var trace: [String]

  var description: String {
    let steps = trace.enumerated().map { "  \($0.offset + 1). \($0.element)" }
    return (["\(promise.rawValue) is broken: \(what)"] + steps).joined(separator: "\n")
  }
}
