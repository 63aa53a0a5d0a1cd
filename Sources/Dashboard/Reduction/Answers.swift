import Control
import Federation

extension DashboardState {
  /// A plan came: it is shown if it answers the card that is open.
  mutating func receive(_ preview: DrainPreview) {
    guard var card, case .order(let kind) = card.purpose, case .asking = card.phase,
      preview.cordon.kind == kind, preview.cordon.target == card.target, preview.cordon.service == card.service
    else { return }
    card.phase = .ready
    card.show(preview, now: now)
    self.card = card
  }

  mutating func receive(_ result: IntentResult, of intent: Intent) {
    guard var card, card.answers(intent) else {
      switch result {
      case .done(let text): toast(.done, text)
      case .refused(let rule, let why): toast(.error, "refused by \(rule.rawValue): \(why)")
      case .changed: toast(.warning, "the world has moved since the plan was made; nothing was done")
      case .failed(let text): toast(.error, text)
      }
      return
    }
    card.phase = .ready
    switch result {
    case .done(let text):
      toast(.done, text)
      self.card = nil
      return
    case .refused(let rule, let why):
      card.refusals.removeAll { $0.rule == rule }
      card.refusals.append(Card.Refusal(rule: rule, why: cleanText(why, limit: 300)))
      card.shown = now
      // What was typed was typed for a card that did not say this.
      card.typed = InputField()
    case .changed(let preview):
      card.show(preview, now: now)
      card.notice = "nothing was done: the world has moved, and this is the new plan"
      card.typed = InputField()
    case .failed(let text):
      card.notice = cleanText("nothing is certain: \(text)", limit: 300)
      card.shown = now
    }
    self.card = card
  }
}

extension Card {
  mutating func show(_ preview: DrainPreview, now: Timestamp) {
    self.preview = preview
    shown = now
    focus = .cancel
    top = 0
  }

  /// Whether an intent is the one this card has given.
  func answers(_ intent: Intent) -> Bool {
    guard case .placing = phase else { return false }
    switch (intent, purpose) {
    case (.place(let cordon, _, _), .order(let kind)):
      return cordon.kind == kind && cordon.target == target && cordon.service == service
    case (.uncordon(let target, let service), .uncordon(let cordons)):
      return cordons.contains { $0.target == target && $0.service == service }
    default: return false
    }
  }
}
