import Control
import DNS
import DNSProviders
import Federation
import HTTPTransport

/// The zones besides the federation's that aliases stand in: their providers and their name servers.
enum AliasZones {
  /// The federation's provider, joined with those of the other zones; itself where there are none.
  static func join(
    _ main: any DNSProvider, _ configuration: Configuration, over transport: HTTPTransport
  ) throws -> any DNSProvider {
    guard !configuration.aliasZones.isEmpty else { return main }
    let zones = configuration.aliasZones.map(\.zone)
    return JointProvider(
      main,
      others: try configuration.aliasZones.map { other in
        JointProvider.Other(
          zone: other.zone, provider: try Providers.make(seen(from: other, configuration), over: transport),
          names: configuration.aliases.map(\.name).filter { name in
            let home = zones.filter(name.isSubdomain).max { $0.text.utf8.count < $1.text.utf8.count }
            return home == other.zone
          })
      })
  }

  /// The name servers of every other zone; where none can be found, nobody confirms its aliases, and that is all.
  static func servers(_ configuration: Configuration) async -> [DomainName: [ServerAddress]] {
    var servers: [DomainName: [ServerAddress]] = [:]
    for other in configuration.aliasZones {
      servers[other.zone] = try? await NameServers.find(seen(from: other, configuration))
    }
    return servers
  }

  /// The configuration as the provider of another zone is to take it.
  private static func seen(from other: Configuration.AliasZone, _ configuration: Configuration) -> Configuration {
    var own = configuration
    own.dns = other.dns
    own.federation.domain = other.zone
    return own
  }
}
