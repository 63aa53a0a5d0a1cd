package import Control
package import Federation

/// Something that was asked for from a dashboard, and what came of it.
package struct Deed: Sendable, Hashable {
  package var time: Timestamp
  package var intent: Intent
  /// Who asked.
  package var by: String
  /// Nil as long as nothing has come of it.
  package var result: IntentResult?
  /// When that came.
  package var answered: Timestamp?
}
