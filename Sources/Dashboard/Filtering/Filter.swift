/// What the operator typed after `/`: every term must hold.
///
/// A term is `text`, `!text`, `/pattern/` (see ``Pattern``) or `key=value` with the keys `health`, `region`, `zone`,
/// `cluster`, `service`, `address`; `!` before any of them turns it round.
package struct Filter: Hashable, Sendable {
  private(set) var terms: [Term]
  /// Only what needs attention (the key `!`).
  var onlyUnhealthy: Bool

  static let none = Filter("", onlyUnhealthy: false)

  var isEmpty: Bool { terms.isEmpty && !onlyUnhealthy }

  init(_ text: String, onlyUnhealthy: Bool) {
    self.onlyUnhealthy = onlyUnhealthy
    terms = text.split(separator: " ").compactMap(Term.init)
  }

  func matches(_ subject: Subject) -> Bool {
    if onlyUnhealthy, !subject.state.needsAttention { return false }
    return terms.allSatisfy { $0.matches(subject) }
  }

  /// What of a leaf the terms look at.
  struct Subject {
    var state: HealthState
    var region: String
    var zone: String
    var cluster: String
    var service: String
    var addresses: [String]
  }
}
