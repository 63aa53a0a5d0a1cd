import Control
import Federation
import Testing

@Suite("Every history of a lease")
struct LeaseExplorerTests {
  /// A deadline at two thirds of the duration, as by default, and short, so that walks get past it.
  private static let timing = LeaseTiming(
    duration: .seconds(3), renewDeadline: .seconds(2), retryPeriod: .seconds(1))
  /// A lost or late answer doubles what can happen: in every run a short time without any is walked further instead.
  private static let losses = ExplorerTests.depth == nil ? 0 : 1
  private static let states = ExplorerTests.depth == nil ? 10_000 : 400_000

  @Test(
    "Two never lead at once, whatever is lost or late and however unlike the clocks go",
    arguments: [
      [1, 1], [0.9, 1.2], [1.2, 0.9],
    ])
  func oneLeader(rates: [Double]) {
    #expect(Self.timing.refusal == nil)
    let root = LeaseModel(rates: rates, timing: Self.timing, rules: .all)
    let report = LeaseExplorer(root: root, losses: Self.losses, deletions: 0).run(atMost: Self.states, ticks: 11)
    print(
      "lease, clocks \(rates): \(report.states) states, \(report.ticks) ticks\(report.isComplete ? ", all there is" : "")"
    )
    #expect(report.trace == nil, "\(report.trace?.joined(separator: "; ") ?? "")")
    #expect(report.hasLeader == [true, true])
  }

  @Test("A lease that both have seen and somebody deletes makes no second leader")
  func deleted() {
    let root = LeaseModel(rates: [1, 1], timing: Self.timing, rules: .all)
    let report = LeaseExplorer(root: root, losses: 0, deletions: 1).run(atMost: Self.states, ticks: 11)
    #expect(report.trace == nil, "\(report.trace?.joined(separator: "; ") ?? "")")
  }

  @Test("Without the rule, with too late a deadline or with clocks too unlike, two lead at once")
  func twoLeaders() {
    let late = LeaseTiming(duration: .seconds(2), renewDeadline: .seconds(4), retryPeriod: .seconds(1))
    #expect(late.refusal != nil)
    let worlds = [
      LeaseModel(rates: [1, 1], timing: Self.timing, rules: .all.without(.singleWriter)),
      LeaseModel(rates: [1, 1], timing: late, rules: .all),
      LeaseModel(rates: [0.4, 1.2], timing: Self.timing, rules: .all),
    ]
    for world in worlds {
      let report = LeaseExplorer(root: world, losses: 0, deletions: 0).run(atMost: 60_000, ticks: 14)
      print("lease, two leaders: \(report.trace?.joined(separator: "; ") ?? "none")")
      #expect(report.trace != nil)
    }
  }
}
