import Control
import Dashboard
import Federation

/// What a dashboard shows, wherever it comes from: a controller of this process, or a fleet in memory.
struct DashboardWorld: Sendable {
  var controller: any FederationController
  /// What the configuration says of the dashboard.
  var settings = Configuration.DashboardSettings()
  /// Reads that again.
  var readSettings: @Sendable () throws -> Configuration.DashboardSettings
  /// Whether what is seen goes into a journal.
  var isJournaled = true
  /// The picture for one frame, as soon as there is a whole one; nil when there is none.
  var settled: @Sendable () async -> FederationSnapshot?
  /// Does what the dashboard's command line could not be told apart from.
  var command: @Sendable (String) async -> DashboardSession.Answer
  var stop: @Sendable () async -> Void
}

extension DashboardWorld {
  /// What a controller of this process sees.
  ///
  /// - Parameter chaos: answers `:chaos …` in the demo.
  init(_ session: Session, chaos: DemoChaos?) {
    self.init(
      controller: session.controller, settings: session.configuration.dashboard,
      readSettings: { try Session.configuration(session.global).dashboard },
      settled: { await session.controller.settledSnapshot(within: Session.patience) },
      command: { line in
        guard let chaos, line.hasPrefix("chaos") else {
          return .init(.error, "there is no command \(cleanLine(line)); ? lists what there is")
        }
        return await chaos.answer(line)
      }, stop: session.stop)
  }
}
