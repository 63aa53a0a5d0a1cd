import Control
import DNS
import DNSProviders
import Federation
import HTTPTransport

/// The provider that the configuration names, put together.
enum Providers {
  static func make(_ configuration: Configuration, over transport: HTTPTransport) throws -> any DNSProvider {
    let federation = configuration.federation
    switch configuration.dns.provider {
    case .rfc2136(let settings):
      return RFC2136Provider(
        zone: settings.zone, federation: federation, servers: settings.servers, key: try settings.tsig.map(key),
        client: .standard)
    case .route53(let settings): return route53(settings, federation, transport)
    case .embedded:
      throw Failure(.failed, "the embedded provider lives in `zonetop demo` only; configure another one here")
    case .coredns(let settings): return try coredns(settings, federation, transport)
    case .googleCloudDNS(let settings): return try cloudDNS(settings, federation, transport)
    case .powerdns(let settings): return try powerdns(settings, federation, transport)
    }
  }

  /// Hears from the zone's primaries that it has changed; nil where nobody was told to.
  static func notifications(_ configuration: Configuration) async throws -> NotifyListener? {
    guard case .rfc2136(let settings) = configuration.dns.provider, let address = settings.notify else { return nil }
    do throws(DNSError) {
      // Whoever forges one makes us read once more, and nothing else: servers sign them seldom.
      return try await NotifyListener.start(
        on: address, zone: settings.zone, senders: Set(settings.servers.map(\.address)), key: nil)
    } catch {
      throw Failure(.failed, error.description)
    }
  }

  static func powerdns(
    _ settings: PowerDNSSettings, _ federation: Federation, _ transport: HTTPTransport
  ) throws -> PowerDNSProvider {
    let text = try secret(settings.apiKeyFile)
    let key: APIKey
    do throws(ProviderError) { key = try APIKey(text) } catch {
      throw Failure(.failed, "\(cleanLine(settings.apiKeyFile)): \(error.description)")
    }
    var tls = TLSSettings()
    tls.certificateAuthority = try settings.certificateAuthorityFile.map { Array(try TextFile.read($0).utf8) }
    return PowerDNSProvider(
      zone: settings.zone, federation: federation, url: settings.url, server: settings.server, apiKey: key, tls: tls,
      api: ProviderAPI(transport: transport, rate: PowerDNSProvider.rate, clock: ContinuousClock()))
  }

  /// A server of one's own has no quota: the pace only keeps a repair from crowding out a fail-over.
  static let ownServer = AdaptiveRate(perSecond: 200, ceiling: 1_000, burst: 200)

  /// A secret of one line.
  static func secret(_ path: String) throws -> String {
    guard let text = try SecretFile.read(path) else { throw Failure(.failed, "there is no \(cleanLine(path))") }
    return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func key(_ settings: TSIGSettings) throws -> TransactionKey {
    guard let algorithm = TransactionKey.algorithm(named: settings.algorithm) else {
      throw Failure(.failed, "\(cleanLine(settings.algorithm)) is no TSIG algorithm here; use hmac-sha256")
    }
    let text = try TextFile.read(settings.secretFile)
    do { return try TransactionKey(file: text, name: settings.name, algorithm: algorithm) } catch {
      throw Failure(.failed, "\(cleanLine(settings.secretFile)): \(error)")
    }
  }
}
