import Federation

/// One guard that a walk goes without, to show that it would be missed.
struct Gap: Sendable {
  /// A rule that planners do without.
  var rule: SafetyRule?
  /// What the provider lacks.
  var weakness: ProviderWeakness?

  static func rule(_ rule: SafetyRule) -> Gap { Gap(rule: rule) }
  static func provider(_ weakness: ProviderWeakness) -> Gap { Gap(weakness: weakness) }

  var name: String { rule?.rawValue ?? weakness.map { "provider \($0.rawValue)" } ?? "nothing" }
}
