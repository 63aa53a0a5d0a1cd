import Control
import Dashboard
import Federation
import Fleet

/// The demo of a world too large for clusters with an API: the same dashboard on a fleet in memory.
struct FleetDemo {
  /// Up to so many shards (clusters × services) the clusters are real API servers.
  static let limit = 50_000

  let controller: FleetController
  private let running: Task<Void, Never>

  /// - Returns: nil where the world is small enough for clusters with an API.
  static func start(_ demo: Demo) throws -> FleetDemo? {
    let (shards, isOver) = demo.clusters.multipliedReportingOverflow(by: demo.services)
    guard isOver || shards > limit else { return nil }
    guard !isOver, shards <= 4_000_000 else {
      throw Failure(.usage, "--clusters × --services: at most 4000000 shards are simulated in memory")
    }
    let needsAPI = [
      ("--headless", demo.headless), ("--observe", demo.observe), ("--listen", demo.listen != nil),
      ("--script", demo.script != nil), ("--dir", demo.dir != nil), ("--config", demo.global.config != nil),
    ]
    if let option = needsAPI.first(where: \.1)?.0 {
      throw Failure(
        .usage,
        "\(option) needs clusters with an API, and more than \(limit) shards are simulated in memory without one: ask for fewer"
      )
    }
    let controller = FleetController(
      clusters: demo.clusters, services: demo.services, seed: demo.seed, now: SystemClock.now)
    return FleetDemo(controller: controller, running: Task { await controller.run() })
  }

  /// What the dashboard shows.
  var world: DashboardWorld {
    DashboardWorld(
      controller: controller,
      readSettings: { throw Failure(.failed, "clusters in memory have no configuration") }, isJournaled: false,
      settled: { [controller] in await controller.firstSnapshot() }, command: answer, stop: stop)
  }

  func stop() async {
    running.cancel()
    await running.value
  }

  /// `:chaos down CLUSTER` and `:chaos up CLUSTER`.
  @Sendable private func answer(_ line: String) async -> DashboardSession.Answer {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 3, words[0] == "chaos", ["down", "up"].contains(words[1]) else {
      return .init(.error, "clusters in memory know only chaos down CLUSTER and chaos up CLUSTER")
    }
    guard await controller.turn(words[2], isSilent: words[1] == "down") else {
      return .init(.error, "there is no cluster \(cleanLine(words[2])); the view clusters (5) shows what there is")
    }
    return .init(.done, "\(words[2]) \(words[1] == "down" ? "does not answer any more" : "answers again")")
  }
}
