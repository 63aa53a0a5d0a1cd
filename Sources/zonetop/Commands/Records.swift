import ArgumentParser
import Control
import DNSProviders
import Federation
import JSON

struct Records: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what the DNS provider holds below the federation's names, with owner, generation and drift.")

  @OptionGroup var global: GlobalOptions
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table

  func run() async throws {
    let session = try await Session.open(global)
    let snapshot = try await session.settledSnapshot()
    do {
      let report = RecordsReport(try await session.provider.readZone(), snapshot: snapshot)
      switch output {
      case .table: FileOutput.standard.write(lines: report.lines)
      case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
      }
    } catch {
      throw Failure(.unreachable, error.description)
    }
  }
}
