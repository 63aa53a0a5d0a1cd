import ArgumentParser
import Control
import JSON

struct Clusters: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the member clusters: place, condition and why.")

  @OptionGroup var global: GlobalOptions
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table

  func run() async throws {
    let session = try await Session.open(global)
    let report = ClustersReport(try await session.settledSnapshot())
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    }
  }
}
