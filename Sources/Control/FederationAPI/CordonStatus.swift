package import Federation

/// How far an order has come, as the controller that leads writes it into the object's status.
package struct CordonStatus: Hashable, Sendable {
  package var phase: Phase
  /// One line for people.
  package var message: String
  /// What was measured of a drain; nil where nothing was.
  package var drain: DrainStatus?
  /// Whether it ends soon: within a tenth of its time, and at most five minutes.
  package var isExpiring: Bool

  /// One word, as `kubectl get` shows it.
  package enum Phase: String, Hashable, Sendable, CaseIterable {
    /// Given, and not carried out yet.
    case pending = "Pending"
    /// A rule stops it.
    case held = "Held"
    /// A cordon that keeps its scope from entering.
    case inForce = "InForce"
    /// The provider has taken the changes.
    case committed = "Committed"
    /// Every name server serves them; cached answers may still lead there.
    case served = "Served"
    /// The last cached answer has ended.
    case drained = "Drained"
    case expired = "Expired"
  }

  package init(phase: Phase, message: String, drain: DrainStatus? = nil, isExpiring: Bool = false) {
    self.phase = phase
    self.message = message
    self.drain = drain
    self.isExpiring = isExpiring
  }
}

/// An order as a screen is told of it.
package struct OrderSnapshot: Hashable, Sendable {
  package var cordon: Cordon
  package var status: CordonStatus

  package init(cordon: Cordon, status: CordonStatus) {
    self.cordon = cordon
    self.status = status
  }
}
