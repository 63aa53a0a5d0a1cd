import Control
import DNSProviders
import Federation
import HTTPTransport

extension Providers {
  static func route53(
    _ settings: Route53Settings, _ federation: Federation, _ transport: HTTPTransport
  ) -> any DNSProvider {
    let client = route53Client(settings, transport)
    if let id = settings.hostedZone {
      return Route53Provider(zone: federation.domain, hostedZone: id, federation: federation, client: client)
    }
    return DiscoveringProvider(
      kind: "route53", fence: .transaction, isMetered: true, acknowledges: true, zone: federation.domain
    ) {
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
}
