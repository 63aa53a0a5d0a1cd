import Control
import Federation
import Resolution
import Synchronization
import Terminal
import Testing

@testable import Dashboard

/// A screen in memory: what was shown, and input on order.
final class MemoryScreen: DashboardScreen {
  private struct Content {
    var copies: [String] = []
  }
  private let content = Mutex(Content())
  private let stream: AsyncStream<[InputEvent]>
  private let continuation: AsyncStream<[InputEvent]>.Continuation
  /// One element for each frame shown.
  let shows: AsyncStream<CellGrid>
  private let shown: AsyncStream<CellGrid>.Continuation
  let size = Size(columns: 120, rows: 36)

  init() {
    (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    (shows, shown) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
  }

  var inputs: AsyncStream<[InputEvent]> { stream }
  var copies: [String] { content.withLock(\.copies) }
  func show(_ frame: CellGrid) { shown.yield(frame) }
  func copy(_ text: String) { content.withLock { $0.copies.append(text) } }
  func redraw() {}
  func ring() {}
  func press(_ keys: Key...) { continuation.yield(keys.map { .key($0) }) }

  /// Waits for a frame that shows a text.
  func waits(for text: String) async {
    for await frame in shows where frame.rows.contains(where: { $0.contains(text) }) { return }
  }
}

/// A controller that answers at once from the sample world.
struct SampleController: FederationController {
  func snapshots() -> AsyncStream<FederationSnapshot> {
    AsyncStream { continuation in continuation.yield(SampleWorld().snapshot) }
  }
  func perform(_ intent: Intent) async -> IntentResult { .done("placed as asked") }
  func preview(_ change: OrderChange) async -> DrainPreview { SampleWorld.preview(change) }
  func trace(_ name: DomainName, type: RecordType) async -> Trace {
    SampleWorld.trace("us-central1-f", region: "us-central1", addresses: ["104.197.247.191"])
  }
}

@Suite struct LoopTests {
  private func loop() -> DashboardLoop {
    DashboardLoop(
      state: DashboardState(
        options: DashboardOptions(operatorName: "ops1"), size: Size(columns: 80, rows: 24), now: SampleWorld.now),
      themes: [.dark])
  }

  @Test func aFrameIsMadeOnlyWhenSomethingShows() {
    var loop = loop()
    _ = loop.take([.snapshot(SampleWorld().snapshot)], now: SampleWorld.now)
    #expect(loop.frame(now: SampleWorld.now) != nil)
    #expect(loop.frame(now: SampleWorld.now) == nil)
    _ = loop.take([.input(.focus(false))], now: SampleWorld.now)
    #expect(loop.frame(now: SampleWorld.now) == nil, "nothing changed on screen")
    _ = loop.take([.input(.key(.down))], now: SampleWorld.now)
    #expect(loop.frame(now: SampleWorld.now) != nil)
  }

  @Test func whatSaysTheSameAgainIsNoReasonToDraw() {
    var picture = SampleWorld().snapshot
    let trace = SampleWorld.trace("asia-east1-a", region: "asia-east1", addresses: ["192.0.2.1"])
    var loop = loop()
    /// Answers what is asked about the selected name, and says whether anything was drawn.
    func draws(_ messages: [Message], at time: Timestamp) -> Bool {
      for case .trace(let name, _) in loop.take(messages, now: time) {
        var answer = trace
        answer.name = name
        _ = loop.take([.traced(answer)], now: time)
      }
      return loop.frame(now: time) != nil
    }
    var time = SampleWorld.now
    for index in picture.clusters.indices { picture.clusters[index].since = time + .seconds(-30) }
    #expect(draws([.snapshot(picture), .input(.key(.character("5")))], at: time))
    // Its clusters' ages: 30 seconds before, 32 now.
    time = time + .seconds(2)
    picture.time = time
    picture.revision += 1
    #expect(!draws([.snapshot(picture)], at: time), "a sign of life")
    #expect(draws([.input(.focus(false))], at: time), "or the test shows nothing")
    picture.dns = .changing(3)
    #expect(draws([.snapshot(picture)], at: time))
    time = time + DashboardLoop.rest
    #expect(draws([], at: time), "ages go on")
  }

  @Test func aStillScreenCountsNoSeconds() {
    func counts(_ edit: (inout SampleWorld, inout Driver) -> Void) -> Bool {
      var world = SampleWorld()
      var driver = Driver(world.snapshot)
      // The first question has been answered.
      driver.send(.traced(SampleWorld.trace("europe-west1-b", region: "europe-west1", addresses: ["192.0.2.1"])))
      edit(&world, &driver)
      return driver.state.countsSeconds
    }
    #expect(!counts { _, _ in })
    #expect(counts { _, driver in driver.type("d") }, "a card says how old its plan is")
    #expect(counts { _, driver in driver.type("/") })
    #expect(counts { _, driver in driver.type("f") }, "how far live is ahead")
    #expect(counts { _, driver in driver.send(.notice(.done, "done")) }, "notices go away")
    #expect(counts { _, driver in driver.wait(.seconds(9)) }, "an old picture says so")
    #expect(
      counts { world, driver in
        world.snapshot.cordons = [SampleWorld.drain(.zone("us-central1-b"))]
        driver.send(.snapshot(world.snapshot))
      }, "orders count down")
    #expect(
      counts { world, driver in
        world.loseCluster("us-east1-b")
        driver.send(.snapshot(world.snapshot))
      }, "how long nothing was heard")
  }

  @Test func noMoreThanThirtyFramesASecond() {
    var loop = loop()
    #expect(loop.pause(now: SampleWorld.now) == nil)
    _ = loop.take([.snapshot(SampleWorld().snapshot)], now: SampleWorld.now)
    _ = loop.frame(now: SampleWorld.now)
    #expect(loop.pause(now: SampleWorld.now + .milliseconds(3)) == .milliseconds(30))
    #expect(loop.pause(now: SampleWorld.now + .milliseconds(33)) == nil)
  }

  @Test func ofManySnapshotsTheNewestIsTaken() {
    let box = MessageBox()
    for revision in 1...50 {
      var snapshot = SampleWorld().snapshot
      snapshot.revision = UInt64(revision)
      box.put(.snapshot(snapshot))
    }
    box.put(.input(.key(.down)))
    let waiting = box.take()
    #expect(waiting.count == 2)
    guard case .snapshot(let snapshot)? = waiting.first else { return }
    #expect(snapshot.revision == 50)
  }

  @Test(.timeLimit(.minutes(1))) func aSessionDrainsAndLeaves() async {
    let screen = MemoryScreen()
    let clock = Mutex(SampleWorld.now)
    let time = DashboardTime(
      now: {
        // Each look at the clock is half a second later: cards are always read by the time keys come.
        clock.withLock { now in
          now = now + .milliseconds(500)
          return now
        }
      },
      sleep: { duration in
        guard duration < .seconds(1) else {
          try await Task.sleep(for: .seconds(3_600))
          return
        }
      })
    let session = DashboardSession(
      controller: SampleController(), screen: screen, themes: [.dark], time: time,
      command: { DashboardSession.Answer(.done, "did \($0)") }, reload: { .failed("nothing to read") },
      save: { path, _ in DashboardSession.Answer(.done, "wrote \(path)") })
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await session.run(options: DashboardOptions(operatorName: "ops1"), view: .tree) }
      await screen.waits(for: "europe-west1")
      screen.press(.character(":"), .character("x"), .enter)
      await screen.waits(for: "did x")
      screen.press(.end, .character("d"))
      await screen.waits(for: "none objects")
      screen.press(.tab)
      screen.press(.character("w"), .tab, .tab)
      for character in "us-central1-c" { screen.press(.character(character)) }
      screen.press(.escape)
      screen.press(.character("y"))
      await screen.waits(for: "placed as asked")
      screen.press(.character("y"))
      screen.press(.character("q"))
      await group.waitForAll()
    }
    #expect(screen.copies.count == 1)
  }
}
