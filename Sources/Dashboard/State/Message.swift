package import Control
package import Federation
package import Resolution
package import Terminal

/// Everything that can happen to the dashboard. Time arrives as a message, too: nothing here reads a clock.
package enum Message: Sendable {
  /// The time now. The loop sends one before each batch, so that whatever follows knows when it happened.
  case tick(Timestamp)
  case input(InputEvent)
  case snapshot(FederationSnapshot)
  case traced(Trace)
  case previewed(DrainPreview)
  case performed(Intent, IntentResult)
  /// The configuration was read again: what is settled anew, and the themes that it names.
  case reloaded(DashboardOptions, [Theme])
  /// What came of an ``Effect/command(_:)`` or of something else off screen: one line.
  case notice(Toast.Kind, String)
}
