package import Federation

/// How often a process that writes nothing looks at what others have written: often while something happens, seldom
/// while nothing does. A value without a clock.
package struct LookingPace: Sendable {
  /// The pause while something happens.
  package static let lively: Duration = .seconds(2)
  /// The most that what is on screen may be behind what is published, apart from a read's own time.
  package static let calm: Duration = .seconds(10)
  /// How long after a change the world counts as lively: a leader has long answered it by then, or will not soon.
  package static let aftermath: Duration = .seconds(20)
  /// The most between two pictures while nothing happens: ages of less than ten seconds are not told apart on screen.
  package static let pictures: Duration = .seconds(4)

  private var lastChange: Timestamp?
  /// The picture that was published last.
  private var shown: (revision: UInt64, time: Timestamp)?

  package init() {}

  /// Somebody said something new.
  package mutating func noteChange(at now: Timestamp) { lastChange = now }

  /// Whether nothing has changed lately, so that a read may be put off.
  package func isCalm(at now: Timestamp) -> Bool {
    // After a wall clock was set back, it is looked at often until that time has come again.
    lastChange.map { now - $0 >= Self.aftermath && now >= $0 } ?? true
  }

  /// A picture was published.
  package mutating func noteShown(_ revision: UInt64, at now: Timestamp) { shown = (revision, now) }

  /// Whether there is something new to show, or a sign of life is due.
  package func isPictureDue(_ revision: UInt64, at now: Timestamp) -> Bool {
    guard let shown, shown.revision == revision, now >= shown.time else { return true }
    return now - shown.time >= Self.pictures
  }
}
