import ArgumentParser
import Control
import DNSProviders
import Federation
import JSON

struct Records: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what should be, what the DNS provider holds and what each name server answers.",
    discussion: """
      One line for each record set at the federation's names: whose it is, the generation of its service's last
      change and how long ago that was, how many of the name servers answer it, and what differs.

      ACK is what Route 53 (PENDING, INSYNC) or Google Cloud DNS (pending, done) says of that last change, for the
      20 services changed last of which the history knows the change's id. It is shown and counts for nothing: what the
      name servers answer does.

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
      let trouble = await acknowledge(&report, session)
      if served {
        report.take(await session.served(report.keys))
      }
      switch output {
      case .table:
        FileOutput.standard.write(lines: report.lines + (trouble.map { ["! \($0)"] } ?? []))
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

  /// Asks the provider how far it has carried the last changes; why it could not be asked, where it could not.
  private func acknowledge(_ report: inout RecordsReport, _ session: Session) async -> String? {
    guard session.provider.acknowledges else { return nil }
    var said: [ServiceKey: Acknowledgement] = [:]
    do {
      for (service, change) in report.changes(in: try await AuditFiles.history(global)) {
        said[service] = try await session.provider.acknowledgement(of: change)
      }
      report.take(said)
      return nil
    } catch {
      report.take(said)
      return "ACK is not known: \((error as? ProviderError)?.description ?? "\(error)")"
    }
  }
}
