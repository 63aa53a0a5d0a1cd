import ArgumentParser
import Control
import DNS
import Federation
import JSON
import Resolution

struct TraceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Follow a name through its CNAMEs at the authoritative servers: who answered what, TTL and latency.",
    discussion: """
      EXAMPLES
        zonetop trace nginx.mynamespace.myfederation.svc.us-central1-f.example.com
        zonetop trace NAME --server 127.0.0.1:5311 --server 127.0.0.1:5312 --type AAAA
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The name to follow.") var name: String
  @Option(help: "A or AAAA.") var type: AddressType = .a
  @Option(help: "ADDRESS[:PORT] of a server to ask, once for each; default: the configuration's.") var server:
    [String] = []
  @Flag(help: "Ask again every two seconds until interrupted.") var watch = false
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table

  enum AddressType: String, ExpressibleByArgument, CaseIterable {
    case a = "A"
    case aaaa = "AAAA"
    var recordType: RecordType { self == .a ? .a : .aaaa }
  }

  func run() async throws {
    let domainName: DomainName
    do { domainName = try DomainName(name) } catch { throw Failure(.usage, "\(cleanLine(name)): \(error)") }
    let servers = try server.isEmpty ? await NameServers.find(global) : server.map(Self.address)
    let elsewhere = server.isEmpty ? await AliasZones.servers(try Session.configuration(global)) : [:]
    repeat {
      let tracer = Tracer(
        servers: servers, elsewhere: elsewhere, questions: DNSClient.standard, flags: [], clock: ContinuousClock())
      let trace = await tracer.trace(domainName, type.recordType)
      let report = TraceReport(trace)
      switch output {
      case .table: FileOutput.standard.write(lines: report.lines)
      case .json: FileOutput.standard.write(report.json.text(watch ? .compact : .pretty) + "\n")
      }
      if !watch, case .failed = trace.outcome { throw Failure(.unreachable) }
      if !watch { return }
      try await Task.sleep(for: .seconds(2))
    } while !Task.isCancelled
  }

  private static func address(_ text: String) throws -> ServerAddress {
    guard let address = ServerAddress(text) else {
      throw Failure(.usage, "--server \(cleanLine(text)): write ADDRESS[:PORT] with an IP address")
    }
    return address
  }
}
