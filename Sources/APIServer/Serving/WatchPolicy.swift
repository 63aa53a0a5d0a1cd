/// How long watches stand and how often they are told where they are.
package struct WatchPolicy: Hashable, Sendable {
  /// How long a watch stands that names no `timeoutSeconds`.
  package var timeout: Duration
  package var bookmarkInterval: Duration

  package init(timeout: Duration = .seconds(2700), bookmarkInterval: Duration = .seconds(60)) {
    self.timeout = timeout
    self.bookmarkInterval = bookmarkInterval
  }
}
