import ArgumentParser
import Control
import Documents
import Federation
import JSON
import Observations

struct Plan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the ordered difference between what is published and what should be; change nothing.",
    discussion: """
      EXAMPLES
        zonetop plan
        zonetop plan mynamespace/nginx -o json
        zonetop plan -f observations.json -o json     apply the rules to a written-down situation, without a network
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Only this service, as NAMESPACE/NAME.") var service: String?
  @Option(
    name: .shortAndLong,
    help: "A file of observations (JSON or YAML) to plan for instead of the world; - reads standard input.")
  var file: String?
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table
  @Flag(help: "Exit with 3 when there is anything to change or held.") var check = false

  func run() async throws {
    if let file { return try runOnFile(file) }
    let key = try service.map(global.service)
    let session = try await Session.open(global)
    let report = PlanReport(try await session.settledPlans(of: key))
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    }
    if check, !report.isInStep { throw Failure(.checkFound) }
  }

  private func runOnFile(_ path: String) throws {
    if service != nil { throw ValidationError("SERVICE and --file exclude one another: the file names its services.") }
    let text = try TextFile.read(path)
    let planned: PlannedObservations
    do { planned = try PlannedObservations(text: text, name: path) } catch { throw Failure(.failed, error.description) }
    let report = PlanReport(planned.plans)
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(planned.json)
    }
    if check, !report.isInStep { throw Failure(.checkFound) }
  }
}

/// The two forms that most commands print in.
enum TableOrJSON: String, ExpressibleByArgument, CaseIterable { case table, json }
