/// What one server grants its clients, so that none of them can use it up.
package struct ServerLimits: Hashable, Sendable {
  /// How long a new connection may take to send the head of its first request, TLS included.
  package var head: Duration
  /// How long a request may take to arrive whole after its head.
  package var body: Duration
  /// How long a connection may stay without a request after an answer.
  package var idle: Duration
  /// How long a peer may leave what was sent to it unacknowledged, or unread, before the connection is given up.
  package var silence: Duration
  /// Further connections wait until one ends.
  package var connections: Int
  /// The size of all header fields of a request, in bytes.
  package var headers: Int

  /// Limits for a server on a network that is not hostile; tests set some of them low.
  package init(
    head: Duration = .seconds(10), body: Duration = .seconds(30), idle: Duration = .seconds(120),
    silence: Duration = .seconds(60), connections: Int = 1024, headers: Int = 64 * 1024
  ) {
    self.head = head
    self.body = body
    self.idle = idle
    self.silence = silence
    self.connections = connections
    self.headers = headers
  }
}
