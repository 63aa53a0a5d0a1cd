import Control
import Federation

/// The preview of an order: what it would do, and what is still missing before it may be given.
struct Card: Hashable, Sendable {
  enum Purpose: Hashable, Sendable {
    case order(Cordon.Kind)
    /// The orders that would end.
    case uncordon([Cordon])
  }

  enum Phase: Hashable, Sendable {
    /// The plan has been asked for.
    case asking(since: Timestamp)
    case ready
    /// The order has been given; its answer is awaited.
    case placing(since: Timestamp)
  }

  enum Focus: Hashable, Sendable { case cancel, reason, span, typed }

  var purpose: Purpose
  var place: PlaceID
  var target: CordonTarget
  /// The service the order is about; nil for every one.
  var service: ServiceKey?
  /// The service that `a` goes back to.
  var selectedService: ServiceKey?
  var phase: Phase
  var preview: DrainPreview?
  /// Since when what is on the card has been there.
  var shown: Timestamp?
  var reason = InputField()
  var span = InputField("1h")
  var typed = InputField()
  var focus = Focus.cancel
  /// Rules that refused when it was tried; another try overrides them by name.
  var refusals: [Refusal] = []
  /// What came of the last try, in one line.
  var notice: String?
  /// First line on screen, where the card is higher than the screen.
  var top = 0

  struct Refusal: Hashable, Sendable {
    var rule: SafetyRule
    var why: String
  }

  /// How long a card must be on screen before its confirmation counts.
  static let readingTime: Duration = .milliseconds(400)
  static let longest: Duration = .seconds(72 * 3_600)
  static let shortest: Duration = .seconds(60)
  /// An order over more shards than this asks for the target's name.
  static let fewShards = 5
}

extension Card {
  var isUncordon: Bool { if case .uncordon = purpose { true } else { false } }

  /// The word for what the confirmation does.
  var verb: String {
    switch purpose {
    case .order(.drain): "drain"
    case .order(.cordon): "cordon"
    case .uncordon: "uncordon"
    }
  }

  /// What has to be typed to show that the right place is meant.
  var targetName: String {
    switch target {
    case .zone(let name), .region(let name), .cluster(let name): name
    case .shard(let cluster, let service): "\(cluster)/\(service)"
    }
  }

  /// The rules that placing the order would override.
  var overrides: Set<SafetyRule> {
    Set((preview?.objections ?? []).map(\.rule)).union(refusals.map(\.rule))
  }

  /// Why the target's name must be typed; nil when `y` is enough.
  var typingReason: String? {
    guard case .order = purpose else { return nil }
    if !overrides.isEmpty { return "a rule objects" }
    if (preview?.capacity ?? []).contains(where: { $0.remaining == 0 && $0.total > 0 }) {
      return "nothing healthy would be left at a level"
    }
    switch target {
    case .zone: return "a whole zone"
    case .region: return "a whole region"
    case .cluster, .shard:
      let concerned = (preview?.plans ?? []).reduce(0) { $0 + $1.changes.count }
      return concerned > Self.fewShards ? "\(concerned) names change" : nil
    }
  }

  var fields: [Focus] {
    if isUncordon { return [.cancel] }
    return typingReason == nil ? [.cancel, .reason, .span] : [.cancel, .reason, .span, .typed]
  }

  /// What still stands between the operator and the confirmation; nil when it counts.
  func obstacle(now: Timestamp, readOnly: String?) -> String? {
    if let readOnly { return readOnly }
    switch phase {
    case .asking: return "the plan is being made"
    case .placing: return "the order is being placed"
    case .ready: break
    }
    guard isUncordon || preview != nil else { return "there is no plan" }
    guard isUncordon || !reason.trimmed.isEmpty else { return "say because of what (Tab)" }
    if !isUncordon {
      guard let length = parseSpan(span.trimmed), length >= Self.shortest, length <= Self.longest else {
        return "for how long? 1m to 72h, such as 45m"
      }
    }
    if let why = typingReason, typed.trimmed != targetName, typed.trimmed != target.description {
      return "type \(targetName): \(why)"
    }
    guard let shown, now - shown >= Self.readingTime else { return "read it first" }
    return nil
  }

  /// The order as the fields have it, from now on.
  func cordon(kind: Cordon.Kind, holder: String, now: Timestamp) -> Cordon {
    // Whole seconds: people read them, and compare them.
    let start = Timestamp(seconds: now.nanoseconds / 1_000_000_000)
    return Cordon(
      kind: kind, target: target, service: service, reason: reason.trimmed, holder: holder, created: start,
      expires: start + (parseSpan(span.trimmed) ?? .seconds(3_600)))
  }

  /// The command line that does the same.
  var command: String {
    var words = ["zonetop", verb, target.description]
    if case .shard = target {} else if let service { words += ["--service", service.description] }
    if !isUncordon {
      words += ["--reason", quoted(reason.trimmed), "--for", span.trimmed]
      for rule in overrides.map(\.rawValue).sorted() { words += ["--override", rule] }
    }
    return words.joined(separator: " ")
  }

  private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
