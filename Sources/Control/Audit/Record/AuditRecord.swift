package import Federation

/// This is one line of the audit: what happened, or was about to, who caused it and why, and what came of it.
///
/// A change of DNS is recorded before it is tried, with the result `pending`; what came of it follows as an
/// ``AuditEntry/outcome(_:_:)`` for the same ``id``. Records are only ever added, never changed.
package struct AuditRecord: Sendable, Hashable {
  /// Unique for ever, sorts by time, and may be a ConfigMap's key. The same event seen by two controllers has one id.
  package var id: String
  /// When it was written: before the change was tried.
  package var time: Timestamp
  /// What was done, or ordered.
  package var action: Action
  /// The process that wrote the record: `host/pid`.
  package var actor: String
  /// The person behind the order that caused it; nil where nobody ordered anything.
  package var holder: String?
  /// What it is about: `mynamespace/nginx`, `zone/us-central1-a`, a cluster.
  package var subject: String
  /// The service whose names it is about; nil where it is about none in particular.
  package var service: ServiceKey?
  /// Why, one cleaned line each.
  package var why: [String]
  /// The rules that held something, or that the holder overrode.
  package var rules: [SafetyRule]
  /// Before and after of every record set that a change of DNS touches, in the plan's order.
  package var changes: [Change]
  /// All that is published of the service once the change is made; what a rollback brings back.
  package var records: [RecordSet]
  /// The generations of a change of DNS; nil for everything else.
  package var fence: Fence?
  /// What came of it; pending until that is known.
  package var outcome: Outcome

  /// A record of one change or order; the lists that are left out are empty.
  package init(
    id: String, time: Timestamp, action: Action, actor: String, holder: String? = nil, subject: String,
    service: ServiceKey? = nil, why: [String], rules: [SafetyRule] = [], changes: [Change] = [],
    records: [RecordSet] = [], fence: Fence? = nil, outcome: Outcome
  ) {
    self.id = id
    self.time = time
    self.action = action
    self.actor = actor
    self.holder = holder
    self.subject = subject
    self.service = service
    self.why = why
    self.rules = rules
    self.changes = changes
    self.records = records
    self.fence = fence
    self.outcome = outcome
  }

  /// What can be on record.
  package enum Action: String, Sendable, Hashable, CaseIterable {
    /// Names were created or changed.
    case published
    /// All names of a service were removed.
    case removed
    /// A rule stopped a change.
    case held
    case cordon, drain, lifted, expired
    case rollback
    case reconcile
    case joined, unjoined
    case lease
    /// What the audit itself could not keep.
    case audit
  }

  /// The generations between which a change of DNS lies (rule fenced).
  package struct Fence: Sendable, Hashable {
    /// The generation that had to be there; nil when nothing was published.
    package var from: UInt64?
    /// Who had committed that.
    package var fromWriter: String?
    /// The generation it makes; nil when the names are removed.
    package var to: UInt64?
    /// Who commits.
    package var writer: String

    /// A fence between two generations.
    package init(from: UInt64?, fromWriter: String?, to: UInt64?, writer: String) {
      self.from = from
      self.fromWriter = fromWriter
      self.to = to
      self.writer = writer
    }
  }

  /// What came of it.
  package struct Outcome: Sendable, Hashable {
    /// Whether it was done.
    package var result: Result
    /// One cleaned line; may be empty.
    package var detail: String
    /// When it was known.
    package var time: Timestamp
    /// What the provider calls the change; nil where it gives changes no names.
    package var change: String?

    /// - Parameter detail: one cleaned line.
    package init(_ result: Result, _ detail: String = "", change: String? = nil, at time: Timestamp) {
      self.result = result
      self.detail = detail
      self.change = change
      self.time = time
    }
  }

  /// Whether something was done, as far as is known.
  package enum Result: String, Sendable, Hashable {
    /// It is being tried.
    case pending
    case applied
    /// A rule or the fence refused it: nothing was changed.
    case refused
    /// The provider did not do it: nothing was changed.
    case failed
    /// The reply was lost, or the process was: the next read of the provider tells.
    case unknown
    /// Nothing was to be done: an order or an observation.
    case noted

    /// Whether nothing more will be learnt.
    package var isFinal: Bool { self != .pending && self != .unknown }
  }
}

/// This is what is added to the audit at a time.
package enum AuditEntry: Sendable, Hashable {
  case record(AuditRecord)
  /// What came of the record with this id.
  case outcome(String, AuditRecord.Outcome)
}
