package import Federation

/// The last events, newest first, never more than a fixed number.
package struct EventLog: Sendable {
  package static let capacity = 200
  package private(set) var events: [Event] = []

  package init() {}

  /// Adds an event; the same event as the newest one is not told twice.
  package mutating func append(_ kind: Event.Kind, _ subject: String, _ message: String, at time: Timestamp) {
    if let newest = events.first, newest.kind == kind, newest.subject == subject, newest.message == message { return }
    events.insert(Event(time: time, kind: kind, subject: subject, message: message), at: 0)
    if events.count > Self.capacity { events.removeLast() }
  }
}
