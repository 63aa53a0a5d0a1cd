import Control
import DNSProviders
import Federation
import HTTPTransport

extension Providers {
  /// What a provider says of the state of the zone itself.
  struct ZoneState {
    /// What there is to know, as `zone check` shows it.
    var lines: [String] = []
    /// What is wrong, one line each.
    var findings: [String] = []
  }

  /// Asks the provider; what cannot be asked is said, and nobody is kept from the rest.
  ///
  /// - Parameter id: what the provider calls the zone.
  static func zoneState(_ configuration: Configuration, id: String?, over transport: HTTPTransport) async -> ZoneState {
    switch configuration.dns.provider {
    case .route53(let settings):
      guard let id else { return ZoneState() }
      return await limits(of: id, at: HostedZones(client: route53Client(settings, transport)))
    case .powerdns(let settings):
      do {
        return ZoneState(findings: try await powerdns(settings, configuration.federation, transport).findings())
      } catch {
        return ZoneState(lines: ["serial          unknown: \((error as? ProviderError)?.description ?? "\(error)")"])
      }
    case .rfc2136, .googleCloudDNS, .coredns, .embedded: return ZoneState()
    }
  }

  /// What is wrong with the zone at its provider, as far as that shows in what is cheap to ask: for the log.
  static func openingFindings(_ configuration: Configuration, over transport: HTTPTransport) async -> [String] {
    guard case .powerdns = configuration.dns.provider else { return [] }
    return await zoneState(configuration, id: nil, over: transport).findings
  }

  private static func limits(of id: String, at zones: HostedZones) async -> ZoneState {
    var state = ZoneState()
    do throws(ProviderError) {
      let sets = try await zones.recordSets(of: id)
      state.lines.append("limits          \(grouped(sets.count)) of \(grouped(sets.most)) record sets")
      if sets.isNearlyFull {
        state.findings.append(
          "\(grouped(sets.count)) of \(grouped(sets.most)) record sets are used: have Amazon raise the quota of the hosted zone \(id) before new ones are refused"
        )
      }
    } catch {
      state.lines.append("limits          record sets unknown: \(error.description)")
    }
    do throws(ProviderError) {
      let all = try await zones.hostedZones()
      state.lines.append("                \(grouped(all.count)) of \(grouped(all.most)) hosted zones in the account")
    } catch {
      state.lines.append("                hosted zones unknown: \(error.description)")
    }
    return state
  }

  /// A number with its thousands apart: `10,000`.
  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
