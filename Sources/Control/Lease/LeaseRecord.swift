package import Federation

/// What a Lease object says, as `coordination.k8s.io/v1` has it.
package struct LeaseRecord: Hashable, Sendable {
  /// Who holds it; empty once it was released.
  package var holder: String
  /// Grows with every change of holder: the fencing token.
  package var transitions: UInt64
  package var durationSeconds: Int
  /// For people: nothing is decided by other people's wall clocks.
  package var acquired: Timestamp
  package var renewed: Timestamp
  /// The object's resource version; a write names the one it was read at.
  package var version: String

  package init(
    holder: String, transitions: UInt64, durationSeconds: Int, acquired: Timestamp, renewed: Timestamp,
    version: String = ""
  ) {
    self.holder = holder
    self.transitions = transitions
    self.durationSeconds = durationSeconds
    self.acquired = acquired
    self.renewed = renewed
    self.version = version
  }
}
