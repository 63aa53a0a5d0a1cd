import Dashboard
import Simulation

/// `:chaos …` in the demo's dashboard.
struct DemoChaos: Sendable {
  private let chaos: Chaos

  init(_ chaos: Chaos) { self.chaos = chaos }

  /// Does what a line such as `chaos down us-central1-a for 30s` says.
  func answer(_ line: String) async -> DashboardSession.Answer {
    let order = String(line.drop { $0 == ":" }.dropFirst("chaos".count).drop { $0 == " " })
    do throws(ChaosError) {
      return .init(.done, try await chaos.perform(try ChaosCommand(text: order)))
    } catch {
      return .init(.error, error.description)
    }
  }
}
