import Control
import DNSProviders
import Federation
import HTTPTransport

extension Providers {
  static func cloudDNS(
    _ settings: CloudDNSSettings, _ federation: Federation, _ transport: HTTPTransport
  ) throws -> any DNSProvider {
    let (project, tokens) = try cloudAccess(settings, transport)
    let zones = try cloudZones(settings, transport)
    return DiscoveringProvider(
      kind: "googleCloudDNS", fence: .transaction, isMetered: true, acknowledges: true, zone: federation.domain
    ) {
      () throws(ProviderError) in
      let found = try await zones.find(settings.managedZone, holding: federation.domain)
      return CloudDNSProvider(
        zone: found.dnsName, federation: federation, project: project, managedZone: found.name,
        endpoint: settings.endpoint ?? CloudDNSProvider.endpoint, tokens: tokens, api: cloudAPI(transport))
    }
  }

  static func cloudZones(_ settings: CloudDNSSettings, _ transport: HTTPTransport) throws -> CloudDNSZones {
    let (project, tokens) = try cloudAccess(settings, transport)
    return CloudDNSZones(
      project: project, endpoint: settings.endpoint ?? CloudDNSProvider.endpoint, tokens: tokens,
      api: cloudAPI(transport))
  }

  private static func cloudAPI(_ transport: HTTPTransport) -> ProviderAPI {
    ProviderAPI(
      transport: transport, rate: AdaptiveRate(perSecond: 10, ceiling: 20, burst: 20), clock: ContinuousClock())
  }

  private static func cloudAccess(
    _ settings: CloudDNSSettings, _ transport: HTTPTransport
  ) throws -> (project: String, tokens: GoogleTokens) {
    guard let project = settings.project ?? Environment["GOOGLE_CLOUD_PROJECT"] ?? Environment["CLOUDSDK_CORE_PROJECT"]
    else { throw Failure(.failed, "dns.googleCloudDNS.project is missing, and GOOGLE_CLOUD_PROJECT is not set") }
    do throws(ProviderError) {
      // Tokens come from another service, with a pace of its own.
      let source: any GoogleTokenSource
      if let file = settings.credentialsFile {
        source = try GoogleCredentials.file(file, api: cloudAPI(transport))
      } else {
        source = try GoogleCredentials.find(environment: Environment.all, api: cloudAPI(transport))
      }
      return (project, GoogleTokens(source, now: SystemClock.now))
    } catch {
      throw Failure(error)
    }
  }
}
