/// How long a client waits, and how often it asks.
package struct DNSTiming: Hashable, Sendable {
  /// Over UDP: how long to wait for an answer after each time the question is sent.
  package var attempts: [Duration]
  /// Over TCP: how long a connection may take.
  package var connect: Duration
  /// Over TCP: how long a server may be silent while an answer is due.
  package var silence: Duration

  package init(attempts: [Duration], connect: Duration, silence: Duration) {
    self.attempts = attempts
    self.connect = connect
    self.silence = silence
  }

  /// Five seconds in three attempts, which is what resolvers' users are used to.
  package static let standard = DNSTiming(
    attempts: [.milliseconds(800), .milliseconds(1_600), .milliseconds(2_600)], connect: .seconds(3),
    silence: .seconds(10))
}
