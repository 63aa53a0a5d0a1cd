import Federation
import Terminal

/// Drives a dashboard by a script instead of a person: no clock but its own, no terminal, always the same frame.
package struct Rehearsal: Sendable {
  package private(set) var state: DashboardState
  /// What was asked of the world, in order.
  package private(set) var effects: [Effect] = []

  /// A careful typist: what is on a card can be read before the next key.
  package static let keyTime: Duration = .milliseconds(500)

  package init(_ state: DashboardState) { self.state = state }

  /// Plays the steps; each key comes half a second after what was before it. Ends early when the dashboard is left.
  package mutating func play(_ steps: [KeyStep]) {
    for step in steps {
      switch step {
      case .wait(let pause): effects += reduce(&state, .tick(state.now + pause))
      case .key(let key):
        effects += reduce(&state, .tick(state.now + Self.keyTime))
        effects += reduce(&state, .input(.key(key)))
      }
      if effects.contains(.quit) { return }
    }
  }
}
