import Control
import Dashboard
import Federation
import Fleet
import Glibc
import Terminal

/// Prints what a key costs from its arrival to the finished frame, in CPU time at 200×50, and what a new picture of the
/// world and a filter cost: with 5,000 shards and with a million.
func benchFrame() {
  benchFrames(clusters: 30, services: 167, filterAim: 30)
  benchFrames(clusters: 1_000, services: 1_000, filterAim: 250)
}

private func benchFrames(clusters: Int, services: Int, filterAim: Int) {
  let start = Timestamp(seconds: 1_792_159_351)
  var fleet = Fleet(clusters: clusters, services: services, at: start)
  print("frame: \(clusters * services) shards, \(clusters) clusters × \(services) services, 200x50, CPU time")
  var bench = FrameBench(start)
  let first = bench.cost { $0.send(.snapshot(fleet.snapshot(at: start))) }
  Measure.line("the first picture", Measure.text(milliseconds: first), aim: "none")

  bench.walk("tree of one service")
  bench.type("A")
  bench.walk("tree of every service, folded")
  bench.send(.input(.key(.home)))
  for _ in 0..<3 { bench.press(.down, .right) }
  bench.walk("tree of every service, three clusters unfolded")
  for (key, what) in [("2", "services"), ("3", "records"), ("5", "clusters")] {
    bench.type(key)
    bench.walk("table of \(what)")
  }
  bench.type("1")

  let aim = "\(filterAim) ms"
  for text in ["service", "10.1", "health=down region=1", "!/^region-0.*[05]$/", "zzz"] {
    var letters: [Double] = []
    bench.type("/")
    for character in text { letters.append(bench.cost { $0.type(String(character)) }) }
    let set = bench.cost { $0.press(.enter) }
    Measure.line(
      "filter /\(text): the slowest letter, and Enter",
      "\(Measure.text(milliseconds: letters.max() ?? 0)), \(Measure.text(milliseconds: set))", aim: aim)
    bench.walk("tree under the filter /\(text)", steps: 300)
    if text == "service" {
      bench.type("2")
      bench.walk("table of services under the filter", steps: 300)
      bench.type("1")
    }
    let cleared = bench.cost { $0.press(.escape) }
    Measure.line("filter /\(text) cleared", Measure.text(milliseconds: cleared), aim: aim)
  }

  var changes: [Double] = []
  for step in 0..<60 {
    if step % 2 == 0 {
      fleet.scale(step % services, in: step % clusters, to: step % 4 == 0 ? 0 : 3, at: start)
    } else {
      fleet.settle(at: start)
    }
    let snapshot = fleet.snapshot(at: start)
    changes.append(bench.cost { $0.send(.snapshot(snapshot)) })
  }
  Measure.spread("a new picture, one service changed", changes, aim: "16 ms")
  bench.type("/10.1")
  changes = (0..<20).map { step in
    fleet.scale(step % services, in: step % clusters, to: step % 2, at: start)
    let snapshot = fleet.snapshot(at: start)
    return bench.cost { $0.send(.snapshot(snapshot)) }
  }
  Measure.spread("the same under a filter", changes, aim: "16 ms")
  bench.press(.escape)
  fleet.turn(clusters / 2, isSilent: true, at: start)
  let snapshot = fleet.snapshot(at: start)
  Measure.line(
    "a new picture, a cluster silent: every service changed",
    Measure.text(milliseconds: bench.cost { $0.send(.snapshot(snapshot)) }), aim: "none")
  Measure.line("most memory of this process so far", "\(Child.peakMemory / 1024) MiB", aim: "none")
}

/// A dashboard without a terminal.
private struct FrameBench {
  private var state: DashboardState

  init(_ now: Timestamp) {
    state = DashboardState(
      options: DashboardOptions(operatorName: "bench"), size: Size(columns: 200, rows: 50), now: now)
  }

  mutating func send(_ message: Message) { _ = reduce(&state, message) }
  mutating func press(_ keys: Key...) { for key in keys { send(.input(.key(key))) } }
  mutating func type(_ text: String) { for character in text { press(.character(character)) } }

  /// CPU milliseconds of what is done and of the frame after it.
  mutating func cost(_ body: (inout FrameBench) -> Void) -> Double {
    let start = Child.threadTime()
    body(&self)
    _ = frame(state, theme: .dark)
    return Child.threadTime() - start
  }

  /// Moves about and prints what a key costs.
  mutating func walk(_ what: String, steps: Int = 1_000) {
    let keys: [Key] = [.down, .down, .pageDown, .down, .end, .up, .pageUp, .home, .pageDown, .left, .right]
    var costs: [Double] = []
    for step in 0..<steps { costs.append(cost { $0.press(keys[step % keys.count]) }) }
    Measure.spread(what, costs, aim: "16 ms")
  }
}
