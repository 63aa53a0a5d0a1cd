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
    case .googleCloudDNS, .powerdns:
      throw Failure(.failed, "this provider is not put together yet")
    }
  }

  // MARK: Route 53

  private static func route53(
    _ settings: Route53Settings, _ federation: Federation, _ transport: HTTPTransport
  ) -> any DNSProvider {
    let client = route53Client(settings, transport)
    if let id = settings.hostedZone {
      return Route53Provider(zone: federation.domain, hostedZone: id, federation: federation, client: client)
    }
    return DiscoveringProvider(kind: "route53", fence: .transaction, isMetered: true, zone: federation.domain) {
      () throws(ProviderError) in
      let found = try await HostedZones(client: client).find(federation.domain)
      return Route53Provider(zone: found.zone, hostedZone: found.id, federation: federation, client: client)
    }
  }

  static func route53Client(_ settings: Route53Settings, _ transport: HTTPTransport) -> Route53Client {
    let environment = AWSEnvironment(variables: Environment.all, home: Environment.home, transport: transport)
    let chain = AWSCredentialChain(environment: environment, profile: settings.profile, now: SystemClock.now)
    let endpoint =
      settings.endpoint ?? Environment["AWS_ENDPOINT_URL_ROUTE_53"] ?? Environment["AWS_ENDPOINT_URL"]
      ?? Route53Client.publicEndpoint
    return Route53Client(
      endpoint: endpoint, credentials: chain.source,
      api: ProviderAPI(transport: transport, rate: Route53Client.rate, clock: ContinuousClock()), now: SystemClock.now)
  }

  // MARK: CoreDNS on etcd

  private static func coredns(
    _ settings: CoreDNSSettings, _ federation: Federation, _ transport: HTTPTransport
  ) throws -> any DNSProvider {
    var tls = TLSSettings()
    tls.certificateAuthority = try settings.certificateAuthorityFile.map { Array(try TextFile.read($0).utf8) }
    tls.clientCertificate = try settings.clientCertificateFile.map { Array(try TextFile.read($0).utf8) }
    tls.clientKey = try settings.clientKeyFile.map { Array(try secret($0).utf8) }
    let credentials = try settings.user.map { user in
      EtcdCredentials(user: user, password: try settings.passwordFile.map(secret) ?? "")
    }
    return CoreDNSProvider(
      zone: settings.zone, federation: federation, endpoints: settings.endpoints, prefix: settings.prefix,
      credentials: credentials, tls: tls,
      api: ProviderAPI(transport: transport, rate: ownServer, clock: ContinuousClock()))
  }

  /// A server of one's own has no quota: the pace only keeps a repair from crowding out a fail-over.
  private static let ownServer = AdaptiveRate(perSecond: 200, ceiling: 1_000, burst: 200)

  /// A secret of one line.
  private static func secret(_ path: String) throws -> String {
    guard let text = try SecretFile.read(path) else { throw Failure(.failed, "there is no \(cleanLine(path))") }
    return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  // MARK: RFC 2136

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
