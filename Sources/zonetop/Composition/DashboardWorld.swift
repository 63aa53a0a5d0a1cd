import Control
import Dashboard

/// What a dashboard shows, wherever it comes from: a controller of this process, or a fleet in memory.
struct DashboardWorld: Sendable {
  var controller: any FederationController
  /// The theme that the configuration names.
  var theme: String
  /// The picture for one frame, as soon as there is a whole one; nil when there is none.
  var settled: @Sendable () async -> FederationSnapshot?
  /// Does what the dashboard's command line could not be told apart from.
  var command: @Sendable (String) async -> DashboardSession.Answer
  var stop: @Sendable () async -> Void
}
