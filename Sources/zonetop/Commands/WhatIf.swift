import ArgumentParser
import Control
import Federation
import JSON

struct WhatIf: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Show what would happen if several scopes were drained at once; change nothing.",
    discussion: """
      TARGET is zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME. Orders are given one by one
      (`zonetop drain`): this only shows what all of them together would leave.

      EXAMPLES
        zonetop what-if zone/us-central1-a zone/us-central1-b
        zonetop what-if region/us-central1 cluster/asia-east1-a --service mynamespace/nginx -o json
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME; one or more.")
  var targets: [String]
  @Option(help: "Only this service, as NAMESPACE/NAME; default: every service.") var service: String?
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table

  func run() async throws {
    let scopes = try targets.map { try CordonTarget(scope: $0) }
    let key = try service.map(global.service)
    let session = try await Session.open(global)
    let snapshot = try await session.settledSnapshot()
    for scope in scopes { try OrderOptions.check(scope, in: snapshot) }
    let cordons = scopes.map { Cordon.supposed($0, service: key, holder: SystemIdentity.person, at: snapshot.time) }
    let report = PreviewReport(await session.controller.preview(.placing(cordons)))
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    }
  }
}
