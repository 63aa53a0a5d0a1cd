import ArgumentParser
import Control
import DNS
import DNSProviders
import Federation
import JSON

struct Records: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what should be, what the DNS provider holds and what each name server answers.",
    discussion: """
      One line for each record set at the federation's names: whose it is, the generation of its service's last
      change and how long ago that was, how many of the name servers answer it, and what differs.

      Examples:
        zonetop records
        zonetop records --no-served        do not ask the name servers
        zonetop records -o json | jq '.[] | select(.drift != "none")'
      """)

  @OptionGroup var global: GlobalOptions
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table
  @Flag(inversion: .prefixedNo, help: "Ask every name server for every record set.") var served = true

  func run() async throws {
    let session = try await Session.open(global)
    let snapshot = try await session.settledSnapshot()
    do {
      var report = RecordsReport(try await session.provider.readZone(), snapshot: snapshot, at: SystemClock.now())
      if served {
        report.take(await ServedSets(servers: session.nameServers, questions: DNSClient.standard).ask(report.keys))
      }
      switch output {
      case .table:
        FileOutput.standard.write(lines: report.lines)
        if session.provider.fence == .lease {
          FileOutput.standard.write(
            "The provider cannot compare generations: changes are fenced by the lease, and read and compared before each.\n"
          )
        }
      case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
      }
    } catch {
      throw Failure(.unreachable, error.description)
    }
  }
}
