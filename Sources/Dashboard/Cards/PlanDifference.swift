import Control
import Federation

/// What a new plan says that the one on screen before did not.
struct PlanDifference {
  let old: DrainPreview
  let new: DrainPreview

  static let most = 5

  /// One line a difference, worst first; none when the plans are the same.
  func lines(_ federation: Federation?) -> [String] {
    guard old.planHash != new.planHash else { return [] }
    let all = rules + capacities + names(federation)
    if all.isEmpty { return ["the same names and figures, by other steps"] }
    return all.prefix(Self.most) + (all.count > Self.most ? ["and \(all.count - Self.most) differences more"] : [])
  }

  private var rules: [String] {
    let (before, after) = (Set(old.objections.map(\.rule)), Set(new.objections.map(\.rule)))
    func sorted(_ rules: Set<SafetyRule>) -> [String] { rules.map(\.rawValue).sorted() }
    return sorted(after.subtracting(before)).map { "\($0) objects now" }
      + sorted(before.subtracting(after)).map { "\($0) no longer objects" }
  }

  private var capacities: [String] {
    new.capacity.compactMap { capacity in
      let former = old.capacity.first { $0.service == capacity.service && $0.level == capacity.level }
      guard former?.remaining != capacity.remaining || former?.total != capacity.total else { return nil }
      let figures = "\(capacity.service.name) \(capacity.level.words): \(capacity.remaining) of \(capacity.total) stay"
      return figures + (former.map { ", were \($0.remaining) of \($0.total)" } ?? "")
    }
  }

  private func names(_ federation: Federation?) -> [String] {
    let (before, after) = (outcomes(old), outcomes(new))
    return Set(before.keys).union(after.keys).sorted().compactMap { name in
      guard before[name] != after[name] else { return nil }
      let folding = new.plans.map { NameFolding(service: $0.service, federation: federation) }
        .first { $0.rest(of: name) != nil }
      let label = folding?.label(of: name) ?? name.text
      guard let now = after[name] else { return "\(label) no longer changes" }
      guard let former = before[name] else { return "\(label) changes now, to \(now)" }
      return "\(label) would hold \(now) instead of \(former)"
    }
  }

  /// What each name that changes holds afterwards.
  private func outcomes(_ preview: DrainPreview) -> [DomainName: String] {
    var outcomes: [DomainName: String] = [:]
    for plan in preview.plans {
      let chains = RecordChains(plan.records)
      for name in Set(plan.changes.map(\.name)) {
        outcomes[name] = chains[name].isEmpty ? "nothing" : chains[name].map(\.summary).joined(separator: "; ")
      }
    }
    return outcomes
  }
}
