import ArgumentParser
import Control
import DNS
import DNSProviders
import Federation
import HTTPTransport

struct ZoneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zone", abstract: "The zone at the provider: how the world finds it, and making it.",
    subcommands: [ZoneCheck.self, ZoneCreate.self], defaultSubcommand: ZoneCheck.self)
}

struct ZoneCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Compare whom the registrar, the zone and its provider name, show how long missing names are missed, and what is wrong with the zone.",
    discussion: """
      Shows how many record sets a hosted zone at Route 53 has and may have, and warns above nine tenths; warns of a
      zone at PowerDNS whose serial does not grow. Exits with 3 when something is wrong.

      EXAMPLES
        zonetop zone check
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let configuration = try Session.configuration(global)
    let transport = try Providers.transport()
    let zone = try await Providers.zone(configuration, over: transport)
    let delegation: ZoneDelegation
    do throws(ProviderError) {
      delegation = try await ZoneDelegation.find(
        zone.name, provided: zone.nameServers, servers: try await servers(configuration),
        resolvers: NameServers.resolvers, questions: DNSClient.standard)
    } catch {
      throw Failure(.unreachable, error.description)
    }
    func list(_ names: [DomainName]?) -> String {
      guard let names else { return "could not be asked" }
      return names.isEmpty ? "nobody" : names.map(\.text).joined(separator: ", ")
    }
    var lines = ["zone            \(zone.name)\(zone.id.map { " (\($0))" } ?? "")"]
    if !zone.nameServers.isEmpty { lines.append("provider names  \(list(delegation.provided))") }
    lines.append("zone names      \(list(delegation.own))")
    lines.append("parent names    \(list(delegation.delegated))")
    lines.append("negative TTL    \(delegation.negativeTTL.map { "\($0) s" } ?? "unknown")")
    let state = await Providers.zoneState(configuration, id: zone.id, over: transport)
    lines += state.lines
    let findings = delegation.findings(ttl: configuration.federation.ttl) + state.findings
    FileOutput.standard.write(lines: lines + findings.map { "! \($0)" })
    if !findings.isEmpty { throw Failure(.checkFound) }
  }

  private func servers(_ configuration: Configuration) async throws(ProviderError) -> [ServerAddress] {
    do { return try await NameServers.find(configuration) } catch { throw ProviderError(.unreachable, "\(error)") }
  }
}

struct ZoneCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make the zone of the federation's domain at Route 53 or Google Cloud DNS.",
    discussion: """
      Prints the name servers that the registrar is to delegate to. A zone that is there is left as it is.

      EXAMPLES
        zonetop zone create
        zonetop zone create --name example-dot-com      its name within a Google project
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Its name within a Google project; by default the domain with dashes.") var name: String?

  func run() async throws {
    let configuration = try Session.configuration(global)
    let zone = try await Providers.createZone(configuration, name: name, over: try Providers.transport())
    FileOutput.standard.write(
      lines: ["\(zone.name)\(zone.id.map { " (\($0))" } ?? "") is there; delegate it to:"]
        + zone.nameServers.map { "  \($0)" })
  }
}
