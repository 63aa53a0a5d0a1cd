import Control
import Dashboard
import Federation
import Fleet
import Resolution
import Synchronization
import Terminal

/// Prints how a session holds out against ten thousand events a second for ten seconds, each a new picture of 5,000
/// shards: how long a key takes to show, and whether the last frame is right.
func benchEvents() async {
  let (rate, seconds) = (10_000, 10)
  print("events: \(rate) a second for \(seconds) s at 5,010 shards, 200x50")
  let feed = EventFeed()
  let screen = BenchScreen()
  let options = DashboardOptions(operatorName: "bench")
  let session = DashboardSession(
    controller: feed, screen: screen, themes: [.dark], time: .system, command: { _ in .init(.error, "none") },
    reload: { .failed("none") }, save: { _, _ in .init(.error, "none") })
  let running = Task { await session.run(options: options, view: .tree) }
  feed.pictures.send(feed.current)
  // By name, so that rows stay where they are and the cursor is moved by keys alone.
  screen.press(.character("s"))
  try? await Task.sleep(for: .milliseconds(300))
  let feeding = Task.detached(priority: .high) { await feed.run(rate: rate, seconds: seconds) }
  var latencies: [Double] = []
  var isDown = true
  let end = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < end {
    if let took = await screen.answers(isDown ? .down : .up) { latencies.append(took) }
    isDown.toggle()
    try? await Task.sleep(for: .milliseconds(37))
  }
  let sent = await feeding.value
  try? await Task.sleep(for: .milliseconds(300))
  let right = renderOnce(feed.current, trace: nil, size: screen.size, theme: .dark, options: options)
  let isRight = screen.frame?.rows.first == right.rows.first
  running.cancel()
  screen.end()
  await running.value
  Measure.line("events taken in, a second", "\(sent / seconds)", aim: "\(rate)")
  Measure.spread("key to its frame on screen, of \(latencies.count) keys", latencies, aim: "50 ms")
  Measure.line("the slowest of them", Measure.text(milliseconds: latencies.max() ?? 0), aim: "50 ms")
  Measure.line("the last frame counts what is", isRight ? "yes" : "no", aim: "yes")
}

/// A world in which a shard changes with every event.
private final class EventFeed: FederationController {
  let pictures = Broadcast<FederationSnapshot>()
  private let snapshot = Mutex(Fleet(clusters: 30, services: 167, at: Timestamp(seconds: 1_792_159_351)).first)

  var current: FederationSnapshot { snapshot.withLock { $0 } }

  func snapshots() -> AsyncStream<FederationSnapshot> { pictures.stream() }
  func perform(_ intent: Intent) async -> IntentResult { .failed("not here") }
  func preview(_ change: OrderChange) async -> DrainPreview {
    DrainPreview(
      change: change, plans: [], affected: [], capacity: [], shards: 0, objections: [], cachesEndAfter: .zero,
      planHash: "", computed: current.time)
  }
  func trace(_ name: DomainName, type: RecordType) async -> Trace {
    Trace(name: name, type: type, hops: [], outcome: .missing(name))
  }

  /// Sends so many pictures a second; says how many.
  func run(rate: Int, seconds: Int) async -> Int {
    let clock = ContinuousClock()
    let start = clock.now
    var sent = 0
    while sent < rate * seconds {
      for _ in 0..<rate / 100 {
        change(sent)
        sent += 1
      }
      try? await clock.sleep(until: start + .milliseconds(sent * 1_000 / rate))
    }
    return Int(Double(sent) / ((clock.now - start) / .seconds(seconds)))
  }

  private func change(_ number: Int) {
    let next = snapshot.withLock { snapshot in
      let service = number * 31 % snapshot.services.count
      var shards = snapshot.services[service].shards
      let shard = number * 7 % shards.count
      let isUp = !shards[shard].isServing
      shards[shard].isServing = isUp
      shards[shard].shard.readyEndpoints = isUp ? 3 : 0
      shards[shard].verdict.isHealthy = isUp
      shards[shard].verdict.reason = isUp ? .healthy : .noReadyEndpoints
      snapshot.services[service].shards = shards
      snapshot.revision += 1
      return snapshot
    }
    pictures.send(next)
  }
}

extension Fleet {
  fileprivate var first: FederationSnapshot { snapshot(at: Timestamp(seconds: 1_792_159_351)) }
}

/// A screen in memory that tells when the cursor has moved.
private final class BenchScreen: DashboardScreen {
  let size = Size(columns: 200, rows: 50)
  let inputs: AsyncStream<[InputEvent]>
  private let keys: AsyncStream<[InputEvent]>.Continuation
  private let shown = Mutex<(grid: CellGrid?, cursor: Int?, at: ContinuousClock.Instant?)>((nil, nil, nil))

  init() { (inputs, keys) = AsyncStream.makeStream() }

  var frame: CellGrid? { shown.withLock(\.grid) }

  func show(_ frame: CellGrid) {
    // The title of the pane names the selection, too: the cursor is behind the frame.
    let cursor = frame.rows.firstIndex { $0.contains("│› ") }
    shown.withLock { shown in
      if cursor != shown.cursor { shown.at = .now }
      shown.cursor = cursor
      shown.grid = frame
    }
  }
  func copy(_ text: String) {}
  func redraw() {}
  func ring() {}
  func press(_ key: Key) { keys.yield([.key(key)]) }
  func end() { keys.finish() }

  /// Milliseconds until the frame is shown in which the cursor stands elsewhere; nil when none comes in a second.
  func answers(_ key: Key) async -> Double? {
    let before = shown.withLock { $0.cursor }
    let start = ContinuousClock.now
    press(key)
    while ContinuousClock.now - start < .seconds(1) {
      let (cursor, at) = shown.withLock { ($0.cursor, $0.at) }
      if cursor != before, let at { return (at - start) / .milliseconds(1) }
      try? await Task.sleep(for: .milliseconds(1))
    }
    return nil
  }
}
