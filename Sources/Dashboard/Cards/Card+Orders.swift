import Control
import Federation

extension Card {
  /// The order as the fields have it, from now on.
  func cordon(kind: Cordon.Kind, holder: String, now: Timestamp) -> Cordon {
    // Whole seconds: people read them, and compare them.
    let start = Timestamp(seconds: now.nanoseconds / 1_000_000_000)
    return Cordon(
      kind: kind, target: target, service: service, reason: reason.trimmed, holder: holder, created: start,
      expires: start + (parseSpan(span.trimmed) ?? .seconds(3_600)))
  }

  /// What the card asks the controller about.
  func change(holder: String, now: Timestamp) -> OrderChange {
    switch purpose {
    case .order(let kind): .placing([cordon(kind: kind, holder: holder, now: now)])
    case .uncordon(let cordons): .lifting(cordons)
    case .whatIf(let targets): .placing(targets.map { .supposed($0, service: service, holder: holder, at: now) })
    }
  }

  /// Whether a plan is the one that this card has asked for.
  func asked(for change: OrderChange) -> Bool {
    guard case .asking = phase else { return false }
    switch (purpose, change) {
    case (.order(let kind), .placing(let cordons)):
      return cordons.count == 1 && cordons[0].kind == kind && cordons[0].target == target
        && cordons[0].service == service
    case (.uncordon(let own), .lifting(let cordons)): return own == cordons
    case (.whatIf(let targets), .placing(let cordons)):
      return cordons.map(\.target) == targets && cordons.allSatisfy { $0.service == service && $0.kind == .drain }
    default: return false
    }
  }

  /// Whether an intent is one that this card has given.
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

  mutating func show(_ preview: DrainPreview, now: Timestamp) {
    self.preview = preview
    shown = now
    focus = .cancel
    top = 0
  }

  /// The command line that does the same; several commands follow one another.
  var command: String {
    switch purpose {
    case .order:
      var words = ["zonetop", verb] + scope(target, service)
      words += ["--reason", quoted(reason.trimmed), "--for", shellWord(span.trimmed)]
      for rule in overrides.map(\.rawValue).sorted() { words += ["--override", rule] }
      return words.joined(separator: " ")
    case .uncordon(let cordons):
      return cordons.map { (["zonetop", "uncordon"] + scope($0.target, $0.service)).joined(separator: " ") }
        .joined(separator: " && ")
    case .whatIf(let targets):
      var words = ["zonetop", "what-if"] + targets.map { shellWord($0.description) }
      if let service { words += ["--service", shellWord(service.description)] }
      return words.joined(separator: " ")
    }
  }

  private func scope(_ target: CordonTarget, _ service: ServiceKey?) -> [String] {
    let words = [shellWord(target.description)]
    // The service belongs to the name by which an order is kept, also where the scope names it already.
    return service.map { words + ["--service", shellWord($0.description)] } ?? words
  }
}

/// A word as a shell takes it: as it is where nothing in it means anything to a shell.
private func shellWord(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"):
      true
    default: false
    }
  }
  return isPlain && !text.isEmpty ? text : quoted(text)
}

private func quoted(_ text: String) -> String {
  "'" + text.split(separator: "'" as Character, omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
