package import DNS

/// How many of the authoritative servers serve a commit.
package struct ReadBackResult: Hashable, Sendable {
  /// Those that do, in the order they were given.
  package var serving: [ServerAddress]
  /// Those that do not yet, in the same order, each with what it says instead: one line.
  package var behind: [Lag]

  /// A server that does not serve a commit yet.
  package struct Lag: Hashable, Sendable {
    package var server: ServerAddress
    package var reason: String
  }

  /// Whether every server serves it (rule read-back).
  package var isComplete: Bool { behind.isEmpty }

  package init(serving: [ServerAddress], behind: [Lag]) {
    self.serving = serving
    self.behind = behind
  }
}
