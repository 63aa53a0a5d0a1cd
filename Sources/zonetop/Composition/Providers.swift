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
    case .googleCloudDNS, .powerdns, .coredns:
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
