/// What is wrong with an endpoint, so that its clients meet a cluster in trouble.
package enum EndpointFault: Hashable, Sendable {
  /// Connections are cut without an answer, standing watches too.
  case down
  /// Every answer and every event is late by this.
  case slow(Duration)
  /// Requests are taken and never answered; standing watches fall silent. What was missed follows when it ends.
  case partition
}
