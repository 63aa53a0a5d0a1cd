/// This is one thing that was looked at to tell whether the controller is live or ready.
package struct HealthFinding: Sendable, Hashable {
  package var name: String
  package var isPassing: Bool
  /// One cleaned line: why.
  package var detail: String

  init(_ name: String, _ isPassing: Bool, _ detail: String) {
    self.name = name
    self.isPassing = isPassing
    self.detail = detail
  }
}
