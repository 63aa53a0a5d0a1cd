internal import Control
package import Federation
package import Terminal

/// Drains messages into the state and decides when a frame is due. A value without a clock: the caller says what time
/// it is, and does what the effects ask.
package struct DashboardLoop: Sendable {
  package private(set) var state: DashboardState
  private var themes: [Theme]
  private var isStale = true
  private var shown: CellGrid?
  private var drawn: Timestamp?
  /// When a frame was last worked out.
  private var looked: Timestamp?

  /// At most 30 frames a second.
  package static let frameInterval: Duration = .milliseconds(33)
  /// How long a still screen is left alone: no age on it is finer.
  static let rest: Duration = .seconds(5)

  /// - Parameter themes: In the order of ``DashboardOptions/themes``; where there is none, the built-in dark one.
  package init(state: DashboardState, themes: [Theme]) {
    self.state = state
    self.themes = themes.isEmpty ? [.dark] : themes
  }

  /// Takes everything that waits, as of a time, before anything is drawn.
  package mutating func take(_ messages: [Message], now: Timestamp) -> [Effect] {
    var effects = reduce(&state, .tick(now))
    var isNews = false
    for message in messages {
      if !state.knows(message) { isNews = true }
      if case .reloaded(_, let themes) = message, !themes.isEmpty { self.themes = themes }
      effects += reduce(&state, message)
    }
    // Where nothing new came and nothing on screen counts seconds, a look now and then is enough.
    let isRested = looked.map { now >= $0 && now - $0 < Self.rest } ?? false
    if isNews || state.countsSeconds || !isRested { isStale = true }
    return effects
  }

  /// The frame to show now; nil when the screen already shows it.
  package mutating func frame(now: Timestamp) -> CellGrid? {
    guard isStale else { return nil }
    isStale = false
    looked = now
    let next = Dashboard.frame(state, theme: themes[min(state.themeIndex, themes.count - 1)])
    if let shown, shown == next { return nil }
    shown = next
    drawn = now
    return next
  }

  /// How long to let messages gather before they are taken, so that no more frames are made than anybody can see; nil
  /// when the last frame is old enough.
  package func pause(now: Timestamp) -> Duration? {
    guard let drawn, now >= drawn, now - drawn < Self.frameInterval else { return nil }
    return Self.frameInterval - (now - drawn)
  }
}

extension DashboardState {
  /// Whether a message only says once more what is on screen: a sign of life, an answer like the last one.
  fileprivate func knows(_ message: Message) -> Bool {
    switch message {
    case .snapshot(let picture): snapshot.map { picture.says($0) } ?? false
    case .traced(let trace): tracing.knows(trace)
    default: false
    }
  }
}
