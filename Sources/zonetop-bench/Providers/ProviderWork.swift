import Federation

/// What is done at a server, by zonetop and by what it is measured beside.
enum ProviderWork: String, CaseIterable {
  case plan = "whole read of the empty zone and plan of 10,000"
  case apply = "apply of 10,000"
  case noOperation = "no-op: whole read, plan, nothing to write"
  case oneChange = "one change among 10,000"
  case coldChange = "one change, the zone read whole before"
  case failover = "100 services fail over"
}

/// What one of them took for the work, and what the zone was to hold after each.
struct ProviderFigures {
  var costs: [ProviderWork: Cost] = [:]
  var wanted: [ProviderWork: [RecordSet]] = [:]
  /// Requests that the server had, where it counts them.
  var calls: [ProviderWork: Int] = [:]

  /// Prints one beside another.
  static func compare(_ ours: ProviderFigures, _ theirs: ProviderFigures, named name: String) {
    let width = ours.calls.isEmpty ? 22 : 34
    func text(_ figures: ProviderFigures, _ work: ProviderWork) -> String {
      let calls = figures.calls[work].map { ", \($0) call\($0 == 1 ? "" : "s")" } ?? ""
      return figures.costs[work].map { $0.text + calls } ?? "–"
    }
    print("  \("work (wall / CPU)".wide(48)) \("zonetop".wide(width)) \(name.wide(width)) \(name) / zonetop")
    for work in ProviderWork.allCases {
      let (own, other) = (ours.costs[work], theirs.costs[work])
      guard own != nil || other != nil else { continue }
      var ratio = "–"
      if let own, let other {
        ratio = "\(times(other.wall, own.wall)) / \(times(other.processor, own.processor))"
      }
      print(
        "  \(work.rawValue.wide(48)) \(text(ours, work).wide(width)) \(text(theirs, work).wide(width)) \(ratio)")
    }
  }

  private static func times(_ other: Duration, _ own: Duration) -> String {
    let ratio = other / max(own, .nanoseconds(1))
    return "×\(ratio >= 10 ? "\(Int(ratio.rounded()))" : "\((ratio * 10).rounded() / 10)")"
  }
}

extension Measure {
  /// A figure that has a limit, and whether it is within.
  static func limit(_ what: String, _ figure: String, _ limit: String, isMet: Bool) {
    line(what, figure, aim: "\(limit)\(isMet ? "" : "  NOT REACHED")")
  }
}

extension String {
  func wide(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
