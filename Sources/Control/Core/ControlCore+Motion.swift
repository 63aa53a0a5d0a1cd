package import Federation

extension ControlCore {
  /// Whether something is under way that a screen should follow closely: names that are to change, a drain that stands, a
  /// provider that does not answer.
  package func isMoving(at now: Timestamp) -> Bool {
    hasWork || providerTrouble != nil
      || cordons.values.contains { $0.cordon.kind == .drain && $0.cordon.expires > now }
      || services.values.contains { $0.plan?.changes.isEmpty == false }
  }
}
