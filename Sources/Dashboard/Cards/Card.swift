import Control
import Federation

/// The preview of orders: what they would do, and what is still missing before they may be given or lifted.
struct Card: Hashable, Sendable {
  enum Purpose: Hashable, Sendable {
    case order(Cordon.Kind)
    /// The orders that would end.
    case uncordon([Cordon])
    /// Scopes that would be drained together. Nothing is done from it.
    case whatIf([CordonTarget])
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
  /// Where it was opened; nil where that is no one place.
  var place: PlaceID?
  var target: CordonTarget
  /// The service the order is about; nil for every one.
  var service: ServiceKey?
  /// The service that `a` goes back to.
  var selectedService: ServiceKey?
  var phase: Phase
  var preview: DrainPreview?
  /// The plan that was on screen before this one was asked for.
  var former: DrainPreview?
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
  /// A plan says that it is old after this. It may still be confirmed: the controller refuses what no longer holds.
  static let freshness: Duration = .seconds(10)
  /// An order over more shards than this asks for the target's name.
  static let fewShards = 5
}

extension Card {
  var isUncordon: Bool { if case .uncordon = purpose { true } else { false } }
  var isOrder: Bool { if case .order = purpose { true } else { false } }

  /// The word for what the confirmation does.
  var verb: String {
    switch purpose {
    case .order(.drain): "drain"
    case .order(.cordon): "cordon"
    case .uncordon: "uncordon"
    case .whatIf: "what if"
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
    guard isOrder else { return nil }
    if !overrides.isEmpty { return "a rule objects" }
    if !(preview?.waits ?? []).isEmpty { return "a rule would keep it waiting" }
    if let emptied = (preview?.capacity ?? []).first(where: { $0.remaining == 0 && $0.total > 0 }) {
      return "the last healthy shard of \(emptied.level.words)"
    }
    switch target {
    case .zone: return "a whole zone"
    case .region: return "a whole region"
    case .cluster, .shard:
      let shards = preview?.shards ?? 0
      return shards > Self.fewShards ? "\(shards) shards" : nil
    }
  }

  var fields: [Focus] {
    guard isOrder else { return [.cancel] }
    return typingReason == nil ? [.cancel, .reason, .span] : [.cancel, .reason, .span, .typed]
  }

  func isOld(now: Timestamp) -> Bool { preview.map { now - $0.computed > Self.freshness } ?? false }

  /// What a field does not hold yet; nil when it is filled in as it should be.
  func lack(of field: Focus) -> String? {
    switch field {
    case .cancel: return nil
    case .reason: return reason.trimmed.isEmpty ? "say because of what (Tab)" : nil
    case .span:
      guard let length = parseSpan(span.trimmed), length >= Self.shortest, length <= Self.longest else {
        return "for how long? 1m to 72h, such as 45m"
      }
      return nil
    case .typed:
      guard let why = typingReason, typed.trimmed != targetName, typed.trimmed != target.description else { return nil }
      return typed.trimmed.isEmpty ? "type \(targetName): \(why)" : "\(typed.trimmed) is not \(targetName)"
    }
  }

  /// Where Enter leads from a field: to the next one that lacks something, else out of the fields.
  var next: Focus { fields.drop { $0 != focus }.dropFirst().first { lack(of: $0) != nil } ?? .cancel }

  /// What still stands between the operator and the confirmation; nil when it counts.
  func obstacle(now: Timestamp, readOnly: String?) -> String? {
    if case .whatIf = purpose { return "shows only: drain one by one, rule one-drain stands" }
    if let readOnly { return readOnly }
    switch phase {
    case .asking: return "the plan is being made"
    case .placing: return "the order is being placed"
    case .ready: break
    }
    guard preview != nil else { return "there is no plan" }
    if let final = refusals.first(where: { !$0.rule.yieldsToOrders }) {
      return "\(final.rule.rawValue) yields to nobody: r plans again"
    }
    for field in fields {
      if let lack = lack(of: field) { return lack }
    }
    guard let shown, now - shown >= Self.readingTime else { return "read it first" }
    return nil
  }
}
