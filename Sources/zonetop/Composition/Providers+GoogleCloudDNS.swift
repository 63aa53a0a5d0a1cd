import Control
import DNSProviders
import Federation
import HTTPTransport

extension Providers {
  static func cloudDNS(
    _ settings: CloudDNSSettings, _ federation: Federation, _ transport: HTTPTransport
  ) throws -> any DNSProvider {
    guard let project = settings.project ?? Environment["GOOGLE_CLOUD_PROJECT"] ?? Environment["CLOUDSDK_CORE_PROJECT"]
    else { throw Failure(.failed, "dns.googleCloudDNS.project is missing, and GOOGLE_CLOUD_PROJECT is not set") }
    @Sendable func api() -> ProviderAPI {
      ProviderAPI(
        transport: transport, rate: AdaptiveRate(perSecond: 10, ceiling: 20, burst: 20), clock: ContinuousClock())
    }
    let tokens: GoogleTokens
    do throws(ProviderError) {
      // Tokens come from another service, with a pace of its own.
      let source: any GoogleTokenSource
      if let file = settings.credentialsFile {
        source = try GoogleCredentials.file(file, api: api())
      } else {
        source = try GoogleCredentials.find(environment: Environment.all, api: api())
      }
      tokens = GoogleTokens(source, now: SystemClock.now)
    } catch {
      throw Failure(.failed, error.description)
    }
    let endpoint = settings.endpoint ?? CloudDNSProvider.endpoint
    let zones = CloudDNSZones(project: project, endpoint: endpoint, tokens: tokens, api: api())
    return DiscoveringProvider(kind: "googleCloudDNS", fence: .transaction, isMetered: true, zone: federation.domain) {
      () throws(ProviderError) in
      let found = try await zones.find(settings.managedZone, holding: federation.domain)
      return CloudDNSProvider(
        zone: found.dnsName, federation: federation, project: project, managedZone: found.name, endpoint: endpoint,
        tokens: tokens, api: api())
    }
  }
}
