import Control
import DNS
import DNSProviders
import Federation

/// The servers that success is read back from.
enum NameServers {
  static func find(_ global: GlobalOptions) async throws -> [ServerAddress] {
    try await find(try Session.configuration(global))
  }

  /// Those that the configuration names, else the provider's own, else those of the zone's NS records.
  static func find(_ configuration: Configuration) async throws -> [ServerAddress] {
    if !configuration.dns.nameServers.isEmpty { return configuration.dns.nameServers }
    if case .rfc2136(let settings) = configuration.dns.provider { return settings.servers }
    var zone = configuration.federation.domain
    if case .powerdns(let settings) = configuration.dns.provider { zone = settings.zone }
    if case .coredns(let settings) = configuration.dns.provider { zone = settings.zone }
    do {
      return try await AuthoritativeServers.find(
        for: zone, asking: resolvers, flags: .recursionDesired, questions: DNSClient.standard)
    } catch {
      throw Failure(
        .unreachable,
        "the name servers of \(zone) cannot be found (\(error.description)); name them under dns.nameServers")
    }
  }

  /// This machine's resolvers, as resolv.conf(5) names them.
  static var resolvers: [ServerAddress] {
    let text = (try? TextFile.read("/etc/resolv.conf")) ?? ""
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, words[0] == "nameserver" else { return nil }
      return IPAddress(String(words[1].prefix { $0 != "%" })).map { ServerAddress(address: $0, port: 53) }
    }
  }
}
