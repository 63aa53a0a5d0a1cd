import ArgumentParser
import Control
import Federation
import JSON

struct Uncordon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Lift a cordon or drain.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME.") var target: String
  @Option(help: "The service it was given for, as NAMESPACE/NAME.") var service: String?

  func run() async throws {
    let scope = try CordonTarget(scope: target)
    let session = try await Session.open(global)
    try session.report(
      await session.controller.perform(.uncordon(scope, service: try service.map(global.service))))
  }
}

struct Cordons: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the cordons and drains in force.")

  @OptionGroup var global: GlobalOptions
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table

  func run() async throws {
    let session = try await Session.open(global)
    let report = CordonsReport(try await session.settledSnapshot())
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    }
  }
}
