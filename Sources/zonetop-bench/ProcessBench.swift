import Glibc

/// Prints what the program itself costs, started beside this one: the time to its first frame with nothing reachable,
/// the memory of a dashboard that watches 30 clusters × 200 services and what it does while nothing happens, and the
/// memory of one that shows a million shards.
func benchProcess() {
  guard let folder = Workplace() else { return print("process: no temporary folder") }
  defer { folder.remove() }
  guard access(folder.zonetop, X_OK) == 0 else {
    return print("process: there is no \(folder.zonetop); build the product zonetop in the same way")
  }
  print("process: the binary \(folder.zonetop) in a terminal of 200x50")
  benchFirstFrame(folder)
  benchMemory(folder)
  benchMillion(folder)
}

private func benchFirstFrame(_ folder: Workplace) {
  let clusters = 30
  folder.writeUnreachable(clusters: clusters)
  var spans: [Duration] = []
  for _ in 0..<11 {
    let began = ContinuousClock.now
    guard let terminal = PseudoTerminal(folder.dashboard, environment: folder.environment) else { break }
    // The last word of the last line: the frame is whole.
    let isDrawn = terminal.reads("quit", within: .seconds(10))
    if isDrawn { spans.append(ContinuousClock.now - began) }
    Child.end(terminal.pid)
  }
  spans.sort()
  Measure.line(
    "first frame, \(clusters) clusters, nothing reachable, median of \(spans.count)",
    spans.isEmpty ? "none drawn" : Measure.text(spans[spans.count / 2]), aim: "100 ms")
}

private func benchMemory(_ folder: Workplace) {
  let (clusters, services) = (30, 200)
  let what = "resident memory, \(clusters) clusters × \(services) services"
  let output = folder.path + "/demo.log"
  guard
    let demo = Child.spawn(
      [
        folder.zonetop, "demo", "--headless", "--clusters", "\(clusters)", "--services", "\(services)", "--dir",
        folder.path,
      ], folder.environment, output: output)
  else { return }
  defer { Child.end(demo) }
  let end = ContinuousClock.now + .seconds(180)
  while !Child.text(output).contains("\"ready\":true") {
    guard ContinuousClock.now < end else { return Measure.line(what, "demo not ready", aim: "150 MiB") }
    usleep(100_000)
  }
  guard let terminal = PseudoTerminal(folder.dashboard, environment: folder.environment) else { return }
  defer { Child.end(terminal.pid) }
  guard terminal.reads("of \(services))", within: .seconds(60)), terminal.reads("in step", within: .seconds(60)) else {
    return Measure.line(what, "never in step", aim: "150 MiB")
  }
  // Synced and in step; then ten seconds of watching, and the most that was seen.
  var most = 0
  let watched = ContinuousClock.now + .seconds(10)
  while ContinuousClock.now < watched {
    terminal.read(for: .milliseconds(200))
    most = max(most, Child.residentMemory(terminal.pid) ?? 0)
  }
  Measure.line(what, "\(most / 1024) MiB", aim: "150 MiB")
  benchIdle(terminal)
}

/// What a dashboard does while nothing happens in the world that it watches.
private func benchIdle(_ terminal: PseudoTerminal) {
  let seconds = 60
  // What each shard had ready is kept for two minutes: until that is full, something happens.
  let still = ContinuousClock.now + .seconds(125)
  while ContinuousClock.now < still { terminal.read(for: .milliseconds(200)) }
  let drawn = terminal.drawn.count
  let began = Child.processorTime(terminal.pid) ?? 0
  let end = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < end { terminal.read(for: .milliseconds(200)) }
  let busy = (Child.processorTime(terminal.pid) ?? 0) - began
  Measure.line("idle for \(seconds) s: bytes to the terminal", "\(terminal.drawn.count - drawn)", aim: "0")
  let share = busy / Double(seconds * 10)
  Measure.line("idle for \(seconds) s: share of a core", "\((share * 100).rounded() / 100) %", aim: "0.5 %")
}

private func benchMillion(_ folder: Workplace) {
  let what = "1,000 clusters × 1,000 services in memory"
  let began = ContinuousClock.now
  guard
    let terminal = PseudoTerminal(
      [folder.zonetop, "demo", "--clusters", "1000", "--services", "1000"], environment: folder.environment)
  else { return }
  defer { Child.end(terminal.pid) }
  guard terminal.reads("of 1000)", within: .seconds(60)) else {
    return Measure.line(what, "never shown", aim: "shown")
  }
  Measure.line("\(what): on screen after", Measure.text(ContinuousClock.now - began), aim: "none")
  // Everything unfolded by a filter that leaves all, looked at up and down, and some time for the world to move.
  var most = 0
  for keys in ["A", "/service", "\r", "G", "g", "\u{1B}", "/10.1", "\r", "G", "\u{1B}", "2", "3", "5", "1"] {
    terminal.type(keys)
    let end = ContinuousClock.now + .seconds(1)
    while ContinuousClock.now < end {
      terminal.read(for: .milliseconds(100))
      most = max(most, Child.residentMemory(terminal.pid) ?? 0)
    }
  }
  Measure.line("resident memory, \(what)", "\(most / 1024) MiB", aim: "700 MiB")
}
