package import Kubernetes

/// This is where the audit lasts: at the federation API.
package protocol AuditJournal: Sendable {
  /// Adds entries. Adding one that is there already changes nothing, so that a lost reply may be answered by trying again.
  ///
  /// - Throws: ``KubernetesError`` when it is not certain that all of them are kept.
  func append(_ entries: [AuditEntry]) async throws(KubernetesError)

  /// Reads everything that is kept.
  func read() async throws(KubernetesError) -> [AuditEntry]
}
