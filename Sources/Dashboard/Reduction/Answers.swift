import Control
import Federation

extension DashboardState {
  /// A plan came: it is shown if it answers the card that is open.
  mutating func receive(_ preview: DrainPreview) {
    guard var card, card.asked(for: preview.change) else { return }
    card.phase = .ready
    if let former = card.former {
      if former.planHash == preview.planHash {
        card.former = nil
      } else {
        card.notice = "this plan differs from the one before:"
        card.typed = InputField()
      }
    }
    card.show(preview, now: now)
    self.card = card
  }

  mutating func receive(_ result: IntentResult, of intent: Intent) {
    note(result, of: intent)
    guard var card, card.answers(intent) else {
      say(result, of: intent)
      return
    }
    card.phase = .ready
    switch result {
    case .done:
      self.card = nil
      say(result, of: intent)
      return
    case .refused(let rule, let why):
      card.refusals.removeAll { $0.rule == rule }
      card.refusals.append(Card.Refusal(rule: rule, why: cleanText(why, limit: 300)))
      card.shown = now
      card.former = nil
      // What was typed was typed for a card that did not say this.
      card.typed = InputField()
    case .changed(let preview):
      card.former = card.preview
      card.show(preview, now: now)
      card.notice = "nothing was done: the world has moved, and this is the new plan"
      card.typed = InputField()
    case .failed(let text):
      card.notice = cleanText("nothing is certain: \(text)", limit: 300)
      card.shown = now
    }
    self.card = card
  }

  /// Tells of what came of an intent while no card waits for it.
  private mutating func say(_ result: IntentResult, of intent: Intent) {
    switch result {
    case .done(let text):
      toast(.done, text)
      if case .place = intent { toast(.done, "\(keyText(.uncordon)) on the place, or :undo, takes it back") }
    case .refused(let rule, let why): toast(.error, "refused by \(rule.rawValue): \(why)")
    case .changed: toast(.warning, "the world has moved since the plan was made; nothing was done")
    case .failed(let text): toast(.error, text)
    }
  }
}
