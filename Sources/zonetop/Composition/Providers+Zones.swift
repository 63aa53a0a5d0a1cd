import Control
import DNSProviders
import Federation
import HTTPTransport

extension Providers {
  /// A zone at its provider.
  struct Zone {
    var name: DomainName
    /// What the provider calls it; nil where a zone is known by its name.
    var id: String?
    /// Whom the provider says to delegate to.
    var nameServers: [DomainName] = []
  }

  static func transport() throws -> HTTPTransport {
    do { return try HTTPTransport() } catch { throw Failure(.failed, error.description) }
  }

  /// The zone that the configuration is about, as its provider knows it.
  static func zone(_ configuration: Configuration, over transport: HTTPTransport) async throws -> Zone {
    let domain = configuration.federation.domain
    do {
      switch configuration.dns.provider {
      case .rfc2136(let settings): return Zone(name: settings.zone)
      case .powerdns(let settings): return Zone(name: settings.zone)
      case .coredns(let settings): return Zone(name: settings.zone)
      case .embedded: return Zone(name: domain)
      case .route53(let settings):
        let zones = HostedZones(client: route53Client(settings, transport))
        var found: HostedZones.Found
        if let id = settings.hostedZone {
          found = try await zones.describe(id)
        } else {
          found = try await zones.find(domain)
        }
        return Zone(name: found.zone, id: found.id, nameServers: found.nameServers)
      case .googleCloudDNS(let settings):
        let found = try await cloudZones(settings, transport).find(settings.managedZone, holding: domain)
        return Zone(name: found.dnsName, id: found.name, nameServers: found.nameServers)
      }
    } catch let error as ProviderError {
      throw Failure(error)
    }
  }

  /// Makes the zone of the federation's domain, unless one holds it already.
  static func createZone(
    _ configuration: Configuration, name: String?, over transport: HTTPTransport
  ) async throws -> Zone {
    let domain = configuration.federation.domain
    do {
      switch configuration.dns.provider {
      case .route53(let settings):
        let zones = HostedZones(client: route53Client(settings, transport))
        // The reference is the same each time: a call whose answer was lost makes no second zone.
        let made: HostedZones.Found
        if let found = try await existing({ () throws(ProviderError) in try await zones.find(domain) }) {
          made = found
        } else {
          made = try await zones.create(domain, reference: "zonetop \(domain)")
        }
        return Zone(name: made.zone, id: made.id, nameServers: made.nameServers)
      case .googleCloudDNS(let settings):
        let zones = try cloudZones(settings, transport)
        if let found = try await existing({ () throws(ProviderError) in try await zones.find(nil, holding: domain) }) {
          return Zone(name: found.dnsName, id: found.name, nameServers: found.nameServers)
        }
        let label = name ?? settings.managedZone ?? String(domain.text.map { $0 == "." ? "-" : $0 })
        let made = try await zones.create(label, for: domain)
        return Zone(name: made.dnsName, id: made.name, nameServers: made.nameServers)
      case .rfc2136, .powerdns, .coredns, .embedded:
        throw ProviderError(
          .refused, "zones are made at Route 53 and Google Cloud DNS only; make this one with its server's own tools")
      }
    } catch let error as ProviderError {
      throw Failure(error)
    }
  }

  /// What is found; nil where nothing is. That several are is an error all the same.
  private static func existing<Value>(
    _ find: () async throws(ProviderError) -> Value
  ) async throws(ProviderError) -> Value? {
    do throws(ProviderError) { return try await find() } catch {
      guard error.code == .refused, error.description.contains("no public") else { throw error }
      return nil
    }
  }
}

extension Failure {
  /// A provider's refusal, with the contract's code.
  init(_ error: ProviderError) {
    self.init(error.code == .unreachable || error.code == .throttled ? .unreachable : .failed, error.description)
  }
}
