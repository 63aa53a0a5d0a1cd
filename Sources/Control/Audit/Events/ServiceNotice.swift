internal import Federation

/// What operators see of an audit record at the federated Service (`kubectl describe service`).
struct ServiceNotice: Sendable, Hashable {
  var service: ServiceKey
  /// A word such as `PublishedNames`.
  var reason: String
  var isWarning: Bool
  /// One line without anything that differs each time, so that what recurs is counted instead of repeated.
  var message: String

  /// Nil for records that are about no service, or not settled yet.
  init?(_ record: AuditRecord) {
    guard let service = record.service else { return nil }
    self.service = service
    let why = record.why.prefix(4).joined(separator: "; ") + (record.why.count > 4 ? "; …" : "")
    isWarning = false
    message = why
    switch (record.action, record.outcome.result) {
    case (.published, .applied):
      reason = "PublishedNames"
      message = "\(record.changes.count) \(record.changes.count == 1 ? "record set" : "record sets") changed: \(why)"
    case (.removed, .applied): reason = "RemovedNames"
    case (.published, .refused), (.removed, .refused), (.published, .failed), (.removed, .failed):
      reason = record.outcome.result == .refused ? "PublishRefused" : "PublishFailed"
      isWarning = true
      message = record.outcome.detail
    case (.held, _):
      reason = "Held"
      isWarning = true
    case (.drain, _): reason = "Drained"
    case (.cordon, _): reason = "Cordoned"
    case (.lifted, _), (.expired, _): reason = "Uncordoned"
    case (.rollback, _): reason = "RolledBack"
    default: return nil
    }
    if let holder = record.holder { message += " (by \(holder))" }
    message = cleanText(message, limit: 900)
  }
}
