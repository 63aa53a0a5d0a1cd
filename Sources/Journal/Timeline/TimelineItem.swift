package import Control
package import Federation

/// One line of the timeline: what happened or was asked for, by whom and why.
package struct TimelineItem: Sendable, Hashable {
  package var time: Timestamp
  package var kind: Kind
  /// What it is about: a scope (`zone/us-central1-f`), a service, a cluster.
  package var subject: String
  /// Nil where nobody in particular did it.
  package var who: String?
  /// What happened, in one line.
  package var what: String
  /// Why, in the words of whoever gave the order; nil where nobody said.
  package var why: String?

  package enum Kind: Sendable, Hashable {
    case event(Event.Kind)
    /// An order in force.
    case order(Cordon.Kind)
    /// Asked for from here, and not answered yet.
    case asked
    /// Asked for from here: done, refused by a rule, or failed.
    case done, refused, failed
  }

  /// The kind in one word.
  package var word: String {
    switch kind {
    case .event(let kind): kind.rawValue
    case .order: "order"
    case .asked: "asked"
    case .done: "done"
    case .refused: "refused"
    case .failed: "failed"
    }
  }
}

extension TimelineItem {
  init(_ event: Event) {
    self.init(time: event.time, kind: .event(event.kind), subject: event.subject, what: event.message)
  }

  /// An order in force.
  init(_ order: Cordon) {
    let scope = order.service.map { " of \($0)" } ?? ""
    self.init(
      time: order.created, kind: .order(order.kind), subject: order.target.description, who: order.holder,
      what: "\(order.kind.rawValue)\(scope) until \(order.expires.description)", why: order.reason)
  }

  init(_ deed: Deed) {
    let what: String
    var why: String?
    let subject: String
    switch deed.intent {
    case .place(let order, _, let overrides):
      subject = order.target.description
      why = order.reason
      let over = overrides.map(\.rawValue).sorted().joined(separator: ", ")
      what = order.kind.rawValue + (over.isEmpty ? "" : ", overriding \(over)")
    case .uncordon(let target, _): (subject, what) = (target.description, "uncordon")
    case .reconcile(let service): (subject, what) = (service?.description ?? "federation", "reconcile")
    }
    let (kind, answer): (Kind, String?) =
      switch deed.result {
      case nil: (.asked, nil)
      case .done(let text): (.done, text)
      case .refused(let rule, let why): (.refused, "\(rule.rawValue): \(why)")
      case .changed: (.failed, "the world had moved since the plan was shown; nothing was done")
      case .failed(let text): (.failed, text)
      }
    self.init(
      time: deed.answered ?? deed.time, kind: kind, subject: subject, who: deed.by,
      what: answer.map { "\(what): \($0)" } ?? what, why: why)
  }
}

extension Recording {
  /// What happened until a moment, newest first: events, orders in force then, and what was asked for from here.
  ///
  /// - Parameter limit: at most so many of the newest.
  package func timeline(at moment: Timestamp, orders: [Cordon], limit: Int = 1_000) -> [TimelineItem] {
    let happened = events.lazy.filter { $0.time <= moment }.suffix(limit).map { TimelineItem($0) }
    let asked = deeds.filter { $0.time <= moment }.suffix(limit).map { deed in
      var known = deed
      if let answered = deed.answered, answered > moment { known.result = nil }
      if known.result == nil { known.answered = nil }
      return TimelineItem(known)
    }
    let items = happened + asked + orders.map { TimelineItem($0) }
    // Of what happened at one time, what is later in the list came later.
    return items.enumerated().sorted { ($0.element.time, $0.offset) > ($1.element.time, $1.offset) }.prefix(limit).map(
      \.element)
  }
}
