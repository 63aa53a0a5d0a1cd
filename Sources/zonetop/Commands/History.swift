import ArgumentParser
import Control
import Documents
import Federation
import JSON
import Kubernetes

struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was changed in DNS and ordered: when, by whom, why, before, after, and what came of it.",
    discussion: """
      EXAMPLES
        zonetop history
        zonetop history mynamespace/nginx --since 2h
        zonetop history mynamespace/nginx --generation 17      one change whole, with its record sets before and after
        zonetop history rollback mynamespace/nginx --to 16 --reason "bad address from us-central1-a"
      """,
    subcommands: [Show.self, Rollback.self], defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the records, oldest first.")

    enum Output: String, ExpressibleByArgument, CaseIterable { case table, wide, json, yaml }

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Only this service, as NAMESPACE/NAME.") var service: String?
    @Option(help: "Only what happened within this time, such as 30m or 2h.") var since: String?
    @Option(help: "At most this many of the newest.") var limit = 50
    @Option(help: "The change that made this generation, whole.") var generation: UInt64?
    @Option(help: "The record with this id, whole.") var id: String?
    @Option(name: .shortAndLong, help: "table, wide, json or yaml.") var output: Output = .table

    func run() async throws {
      guard limit > 0 else { throw Failure(.usage, "--limit \(limit): write a number from 1") }
      let key = try service.map(global.service)
      let start = try since.map { text in
        guard let span = parseDuration(text) else {
          throw Failure(.usage, "--since \(cleanLine(text)): write a time such as 30m or 2h")
        }
        return SystemClock.now() + (Duration.zero - span)
      }
      if generation != nil, key == nil {
        throw Failure(.usage, "--generation needs a SERVICE: every service counts its own")
      }
      let history = try await AuditFiles.history(global)
      var records = history.records(of: key, since: start, generation: generation, limit: limit)
      if let id { records = history.records.filter { $0.id == id } }
      if records.isEmpty, generation != nil || id != nil {
        throw Failure(.failed, "nothing of that is recorded; `zonetop history \(service ?? "")` lists what is")
      }
      write(records)
    }

    private func write(_ records: [AuditRecord]) {
      let report = HistoryReport(records)
      switch output {
      case .table where generation != nil || id != nil:
        FileOutput.standard.write(lines: records.flatMap(HistoryReport.lines(of:)))
      case .table, .wide: FileOutput.standard.write(lines: report.lines(isWide: output == .wide))
      case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
      case .yaml: FileOutput.standard.write(yamlText(json: report.json.text()))
      }
    }
  }
}
