import ArgumentParser
import Control
import Federation

struct Reconcile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask the controller to read the provider anew and put right what differs.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Only this service, as NAMESPACE/NAME.") var service: String?
  @Flag(help: "Wait until what is published is what should be.") var wait = false

  func run() async throws {
    let key = try service.map(global.service)
    let session = try await Session.open(global)
    _ = try await session.settledSnapshot()
    try session.report(await session.controller.perform(.reconcile(key)))
    guard wait else { return }
    for await snapshot in session.controller.snapshots() {
      let services = snapshot.services.filter { key == nil || $0.key == key }
      if services.allSatisfy(\.isInStep) {
        FileOutput.standard.write("in step\n")
        return
      }
    }
  }
}
