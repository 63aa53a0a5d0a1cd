/// One thing that is not as it should be, with what shows it and what to do about it.
package struct Finding: Sendable, Hashable {
  /// How urgent it is; in this order on every list.
  package enum Severity: String, Sendable, Hashable, CaseIterable {
    /// Somebody's traffic suffers, or nothing can be changed.
    case error
    /// Something is held, stale or on its way.
    case warning
    /// Deliberate, and worth knowing.
    case note
  }

  package var severity: Severity
  /// The object concerned: `mynamespace/nginx`, `cluster/us-central1-a`, `provider`.
  package var subject: String
  /// One line: what is the matter.
  package var what: String
  /// One line: what was seen.
  package var evidence: String
  /// One line: what to do, with the command where there is one.
  package var cure: String

  package init(_ severity: Severity, _ subject: String, _ what: String, evidence: String, cure: String) {
    self.severity = severity
    self.subject = subject
    self.what = what
    self.evidence = evidence
    self.cure = cure
  }
}
