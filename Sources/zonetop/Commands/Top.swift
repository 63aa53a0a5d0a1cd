import ArgumentParser
import Control
import Dashboard
import Federation
import Terminal

struct Top: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The dashboard: what serves where, what every name resolves to, and why.",
    discussion: """
      EXAMPLES
        zonetop
        zonetop top --once --size 160x50
        zonetop top --read-only
        zonetop top --no-journal

      \(JournalFiles.help)
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var display: DisplayOptions
  @Flag(help: "Show everything, change nothing.") var readOnly = false

  func run() async throws {
    if !display.once, !Terminals.isInteractive {
      throw Failure(
        .usage, "there is no terminal to draw on; `zonetop status` prints a table, `zonetop top --once` one frame")
    }
    display.beginLog()
    let session = try await Session.open(global)
    try await display.show(
      DashboardWorld(session, chaos: nil), readOnly: readOnly ? "started with --read-only" : nil)
  }
}
