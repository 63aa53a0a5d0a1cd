import ArgumentParser
import Control
import Documents
import Federation
import JSON

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every shard: its health, what its zone's name holds, and why.",
    discussion: """
      EXAMPLES
        zonetop status
        zonetop status mynamespace/nginx -o wide
        zonetop status --check || page someone
      """)

  enum Output: String, ExpressibleByArgument, CaseIterable { case table, wide, json, yaml }

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Only this service, as NAMESPACE/NAME.") var service: String?
  @Option(name: .shortAndLong, help: "table, wide, json or yaml.") var output: Output = .table
  @Flag(help: "Exit with 3 when anything is unhealthy, held or out of step.") var check = false

  func run() async throws {
    let key = try service.map(global.service)
    let session = try await Session.open(global)
    let snapshot = try await session.settledSnapshot()
    let report = StatusReport(snapshot, service: key)
    if let key, !snapshot.services.contains(where: { $0.key == key }) {
      throw Failure(.failed, "there is no federated service \(key); `zonetop status` lists them")
    }
    switch output {
    case .table, .wide: FileOutput.standard.write(lines: report.lines(isWide: output == .wide))
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    case .yaml: FileOutput.standard.write(yamlText(json: report.json.text()))
    }
    if check, !report.isHealthy { throw Failure(.checkFound) }
  }
}
