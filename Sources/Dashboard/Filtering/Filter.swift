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

  struct Term: Hashable, Sendable {
    var isNegated: Bool
    var test: Test

    enum Test: Hashable, Sendable {
      case text(String)
      case pattern(Pattern)
      case field(Field, String)
    }

    enum Field: String, Hashable, Sendable { case health, region, zone, cluster, service, address }

    /// Nil when nothing is left to look for.
    init?(_ text: Substring) {
      isNegated = text.first == "!"
      let body = text.drop { $0 == "!" }.lowercased()
      if body.isEmpty { return nil }
      if body.hasPrefix("/") {
        let inner = body.dropFirst().hasSuffix("/") ? body.dropFirst().dropLast() : body.dropFirst()
        if inner.isEmpty { return nil }
        test = .pattern(Pattern(String(inner)))
        return
      }
      let halves = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if halves.count == 2, let field = Field(rawValue: String(halves[0])) {
        test = .field(field, String(halves[1]))
      } else {
        test = .text(body)
      }
    }

    func matches(_ subject: Subject) -> Bool { holds(for: subject) != isNegated }

    private func holds(for subject: Subject) -> Bool {
      switch test {
      case .text(let text):
        return contains(subject.zone, text) || contains(subject.cluster, text) || contains(subject.service, text)
          || contains(subject.region, text) || subject.addresses.contains { contains($0, text) }
          || subject.state.letters.lowercased() == text
      case .pattern(let pattern):
        let all = [subject.zone, subject.cluster, subject.service, subject.region] + subject.addresses
        return all.contains { pattern.matches($0.lowercased()) }
      case .field(.health, let value):
        return value == "unhealthy"
          ? subject.state.needsAttention : subject.state.filterWords.contains { $0.hasPrefix(value) }
      case .field(.region, let value): return contains(subject.region, value)
      case .field(.zone, let value): return contains(subject.zone, value)
      case .field(.cluster, let value): return contains(subject.cluster, value)
      case .field(.service, let value): return contains(subject.service, value)
      case .field(.address, let value): return subject.addresses.contains { contains($0, value) }
      }
    }

    private func contains(_ whole: String, _ part: String) -> Bool { containsIgnoringCase(whole, part) }
  }
}

/// Whether a text holds another one, which is in lower case already; only ASCII letters are compared without case.
///
/// Runs over every shard with every key that is typed into the filter, so it makes no copies.
func containsIgnoringCase(_ whole: String, _ part: String) -> Bool {
  if part.isEmpty { return true }
  let found = whole.utf8.withContiguousStorageIfAvailable { haystack in
    part.utf8.withContiguousStorageIfAvailable { needle in
      guard haystack.count >= needle.count else { return false }
      for start in 0...(haystack.count - needle.count) {
        var length = 0
        while length < needle.count {
          let byte = haystack[start + length]
          let folded = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
          guard folded == needle[length] else { break }
          length += 1
        }
        if length == needle.count { return true }
      }
      return false
    }
  }
  return (found ?? nil) ?? whole.lowercased().contains(part)
}
