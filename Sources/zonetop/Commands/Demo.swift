import ArgumentParser
import Control
import DNS
import Federation
import JSON
import NameServer
import Simulation
import Documents

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A whole federation simulated in one process, the dashboard on top.",
    discussion: """
      EXAMPLES
        zonetop demo
        zonetop demo --headless --listen 127.0.0.1:7443 --dir /tmp/zonetop-demo
        zonetop demo --script outages.yaml --seed 7
        zonetop demo --config mine.yaml              the dns section and the aliases of mine.yaml
        zonetop demo --no-journal                    no journal of it under $XDG_STATE_HOME/zonetop/journal/
        zonetop demo --clusters 1000 --services 1000 a million shards

      Clusters are API servers of this process and the names are served by a name server of it. With more than
      \(FleetDemo.limit) shards (clusters × services) they are simulated in memory instead, without API and without
      name server: kubectl and dig have nothing to ask there, and what is shown is what the simulation says.
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "How many clusters; 13 is the world of the original document.") var clusters = 13
  @Option(help: "How many federated services.") var services = 1
  @Option(help: "The seed of everything that is drawn by lot.") var seed: UInt64 = 1
  @Option(
    help:
      "ADDRESS:PORT of the API; the name server takes PORT + 1, the federation API PORT + 2. Default: free ports on 127.0.0.1."
  )
  var listen: String?
  @Option(help: "Where kubeconfig and config.yaml are written; default: a folder of its own under the temporary one.")
  var dir: String?
  @Option(help: "A file of timed outages to play.") var script: String?
  @Flag(help: "No dashboard: run until stopped.") var headless = false
  @Flag(help: "Only look: the names are kept by a zonetop controller that is started beside it.") var observe = false
  @Option(name: .customLong("for"), help: "End after this time, such as 30s.") var duration: String?
  @OptionGroup var display: DisplayOptions

  func run() async throws {
    if !headless { display.beginLog() }
    if let fleet = try FleetDemo.start(self) {
      try await display.show(fleet.world, readOnly: nil)
      return await fleet.stop()
    }
    let demo = try await DemoFederation.start(self)
    if headless {
      let signals = StopSignals()
      FileOutput.standard.write(demo.readyLine + "\n")
      await demo.run(until: signals, orFor: try span())
    } else {
      var world = DashboardWorld(demo.session, chaos: demo.chaos)
      // A signal ends the process from within: the folder with the keys goes then, too.
      world.stop = demo.stop
      try await display.show(world, readOnly: nil)
    }
    await demo.stop()
  }

  private func span() throws -> Duration? {
    guard let duration else { return nil }
    guard let span = parseDuration(duration) else {
      throw Failure(.usage, "--for \(cleanLine(duration)): write a time such as 30s or 5m")
    }
    return span
  }
}
