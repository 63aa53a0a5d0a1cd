import ArgumentParser
import Control
import JSON

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is not as it should be, what shows it, and what to do about it.",
    discussion: """
      EXAMPLES
        zonetop doctor
        zonetop doctor -o json | jq '.[] | select(.severity == "error")'
        zonetop doctor --check || page someone
      """)

  @OptionGroup var global: GlobalOptions
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table
  @Flag(help: "Exit with 3 when anything worse than a note is found.") var check = false

  func run() async throws {
    let session = try await Session.open(global)
    let report = DoctorReport(try await session.settledSnapshot())
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    }
    if check, !report.isHealthy { throw Failure(.checkFound) }
  }
}
