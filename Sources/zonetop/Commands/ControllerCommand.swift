import ArgumentParser
import Control

struct ControllerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controller",
    abstract: "Keep the names true: observe, judge, plan, apply, read back, until stopped (TERM or INT).")

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, mode: .lead)
    await session.runUntilStopped()
  }
}
