internal import Federation
internal import JSON

/// What operators see of an audit record at what it is about (`kubectl describe service`).
struct AuditNotice: Sendable, Hashable {
  /// The Service or Cluster, as an Event refers to it.
  var subject: JSONValue
  /// A word such as `PublishedNames`.
  var reason: String
  var isWarning: Bool
  /// One line without anything that differs each time, so that what recurs is counted instead of repeated.
  var message: String

  /// Nil for records that are about neither a service nor a cluster, or not settled yet.
  init?(_ record: AuditRecord) {
    if let service = record.service {
      subject = EventSubject.service(service)
    } else if record.action == .joined {
      subject = EventSubject.cluster(record.subject)
    } else {
      return nil
    }
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
    case (.joined, _): reason = "Joined"
    default: return nil
    }
    if let holder = record.holder { message += " (by \(holder))" }
    message = cleanText(message, limit: 900)
  }
}
