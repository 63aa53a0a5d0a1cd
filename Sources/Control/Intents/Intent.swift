package import Federation
package import Resolution

/// What an operator asks for; the dashboard emits these and never acts itself.
package enum Intent: Sendable, Hashable {
  /// Place a cordon or drain. `planHash` is what the preview showed: when the world has moved, it is refused.
  case place(Cordon, planHash: String?, overrides: Set<SafetyRule>)
  case uncordon(CordonTarget, service: ServiceKey?)
  /// Nil reconciles every service.
  case reconcile(ServiceKey?)
}

/// What came of an intent.
package enum IntentResult: Sendable, Hashable {
  /// One line to show.
  case done(String)
  /// A rule refused; the sentence says why and how to override.
  case refused(SafetyRule, String)
  /// The plan is no longer the one that was shown.
  case changed(DrainPreview)
  case failed(String)
}

/// What the dashboard talks to: snapshots come, intents and questions go.
package protocol FederationController: Sendable {
  /// Snapshots, newest only: a slow reader skips.
  func snapshots() -> AsyncStream<FederationSnapshot>
  func perform(_ intent: Intent) async -> IntentResult
  /// What giving or ending orders would do, on what is known now; nothing is changed.
  func preview(_ change: OrderChange) async -> DrainPreview
  func trace(_ name: DomainName, type: RecordType) async -> Trace
}
