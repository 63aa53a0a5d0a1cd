package import Federation

/// Whether what stays can carry what was carried. What is not known is never called good.
package enum CapacityJudgement: String, Hashable, Sendable, CaseIterable {
  /// Nothing is lost, or as much stays as was ready at the peak.
  case fits = "FITS"
  /// Less stays than was ready at the peak: each endpoint carries more than it did then.
  case tight = "TIGHT"
  /// Some is lost, and how much was needed is not recorded.
  case unknown = "UNKNOWN"
  case none = "NONE LEFT"
}

extension DrainPreview.Capacity {
  /// The most endpoints that were ready at once. The load itself is not measured: a level is taken to need at its peak
  /// what was ready then.
  package struct Peak: Sendable, Hashable {
    package var ready: Int
    /// How far back the record goes.
    package var span: Duration

    /// A record of fewer samples says nothing about a peak.
    package static let leastSamples = 6

    package init(ready: Int, span: Duration) {
      self.ready = ready
      self.span = span
    }

    /// The peak of several shards together, from their samples, the newest last and all taken at the same times; nil
    /// when there are none, or one of them has too few.
    package init?(of histories: [[Int]], interval: Duration) {
      guard let length = histories.map(\.count).min(), length >= Self.leastSamples else { return nil }
      let sums = (1...length).map { back in histories.reduce(0) { $0 + $1[$1.count - back] } }
      self.init(ready: sums.max() ?? 0, span: interval * length)
    }
  }

  package var judgement: CapacityJudgement {
    if remaining <= 0 { return .none }
    if remaining >= total { return .fits }
    guard let peak else { return .unknown }
    return remaining >= peak.ready ? .fits : .tight
  }

  /// What the judgement rests on: `needs 9 at the peak of the last 2m`.
  package var need: String {
    if remaining <= 0 { return level == .global ? "nothing would answer" : "what comes here goes one level up" }
    if remaining >= total { return "nothing is lost" }
    guard let peak else { return "how much is needed is not recorded" }
    return "needs \(peak.ready) at the peak of the last \(peak.words)"
  }

  /// How much more each endpoint that stays has to carry; nil where that is nothing, or nobody stays.
  package var load: String? {
    guard remaining > 0, remaining < total else { return nil }
    let tenths = (total * 10 + remaining - 1) / remaining
    return "each carries \(tenths / 10).\(tenths % 10) times as much"
  }
}

extension DrainPreview.Capacity.Peak {
  /// The span in words, without seconds that are none.
  fileprivate var words: String {
    let text = ageText(span)
    return text.hasSuffix("m00s") ? String(text.dropLast(3)) : text
  }
}

extension SafetyRule {
  /// Whether an order may go against the rule by its name. Of the rest the operator is told, and nothing is placed.
  package var yieldsToOrders: Bool {
    switch self {
    case .massChange, .minimumHealthyZones, .oneDrain, .neverEmpty: true
    default: false
    }
  }
}
