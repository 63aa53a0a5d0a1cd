package import DNSProviders
package import Federation

/// Who may write DNS, as the shell tells the core.
package enum Leadership: Hashable, Sendable {
  /// This process, in this term of office. When its predecessor may be paused rather than dead, the generation of every
  /// service is taken first, so that what the predecessor still sends fails at the provider (rule fenced).
  case this(term: UInt64, takesFences: Bool)
  /// Another process, by its identity for people.
  case other(String)
  /// Nobody that this process knows of, though it would lead itself: nothing is written; one line.
  case nobody(String)
  /// Nobody, as one sees it who only looks.
  case vacant
}

/// Something that a rule stops for the whole federation rather than for one service.
package struct FederationHold: Hashable, Sendable {
  package var rule: SafetyRule
  /// What it is about: `federation`, `cluster/us-central1-a`.
  package var subject: String
  /// One sentence: what is stopped, and what ends it.
  package var why: String

  package init(rule: SafetyRule, subject: String, why: String) {
    self.rule = rule
    self.subject = subject
    self.why = why
  }
}

extension ControlCore {
  /// Takes the news who may write.
  package mutating func lead(_ next: Leadership, at now: Timestamp) {
    guard leadership != next else { return }
    let before = leadership
    leadership = next
    revision += 1
    switch next {
    case .this(let term, _):
      log.append(.leader, "federation", "this process leads, term \(term)", at: now)
      markAll()
    case .vacant: break
    case .other(let name): log.append(.leader, "federation", "\(name) leads", at: now)
    case .nobody(let why):
      if case .this? = before { markAll() }
      // In the moment after the start, before the first election, that is no news: the header and the doctor say it.
      if before != nil { log.append(.held, "federation", "\(SafetyRule.singleWriter.rawValue): \(why)", at: now) }
    }
  }

  /// Takes back a batch that was not sent, because the time to write was over just before.
  package mutating func withheld(_ batch: Batch, at now: Timestamp) {
    inFlight[batch.service] = nil
    log.append(
      .held, batch.service.description,
      "\(SafetyRule.singleWriter.rawValue): the lease ran out just before a commit, which was not sent", at: now)
    mark(batch.service)
  }

  /// Whether a commit is due that changes nothing but the mark: to take the fence from a predecessor.
  func takesFence(of entry: ServiceEntry) -> Bool {
    guard rules.contains(.fenced), case .this(let term, takesFences: true)? = leadership, let mark = entry.mark else {
      return false
    }
    return mark.term.map { $0 < term } ?? true
  }

  /// The fencing token that marks bear; nil where no lease is kept.
  var term: UInt64? {
    if case .this(let term, _)? = leadership { term } else { nil }
  }
}
