package import Federation
import JSON

/// The managed zones of a project: which one holds a domain, and how to make one.
package struct CloudDNSZones: Sendable {
  private let client: CloudDNSClient

  package init(
    project: String, endpoint: String = CloudDNSProvider.endpoint, tokens: GoogleTokens, api: ProviderAPI
  ) {
    client = CloudDNSClient(project: project, endpoint: endpoint, tokens: tokens, api: api)
  }

  /// All managed zones, sorted by name.
  package func all() async throws(ProviderError) -> [CloudDNSZone] {
    let call = CloudDNSCall(
      subject: "listing the managed zones of the project \(client.project)", permission: "dns.managedZones.list",
      path: client.path())
    var zones: [CloudDNSZone] = []
    for element in try await client.list(call, key: "managedZones").elements {
      guard let zone = CloudDNSZone(element) else {
        throw ProviderError(.incomplete, "\(call.subject): one has no name that can be read")
      }
      zones.append(zone)
    }
    return zones.sorted { $0.name < $1.name }
  }

  /// The public managed zone that holds a domain: the one with the longest name.
  ///
  /// - Throws: ``ProviderError/Code/refused`` when there is none, or several that would do; both are listed.
  package func zone(holding domain: DomainName) async throws(ProviderError) -> CloudDNSZone {
    let holding = try await all().filter { domain.isSubdomain(of: $0.dnsName) }
    let open = holding.filter(\.isPublic)
    let longest = open.map { $0.dnsName.labels.count }.max()
    let best = open.filter { $0.dnsName.labels.count == longest }
    if best.count == 1 { return best[0] }
    let hidden = holding.filter { !$0.isPublic }.map(\.name)
    let leftOut = hidden.isEmpty ? "" : " (private zones were left out: \(hidden.joined(separator: ", ")))"
    throw ProviderError(
      .refused,
      best.isEmpty
        ? "the project \(client.project) has no public managed zone for \(domain) or a domain above it\(leftOut): create one, or name another project"
        : "the project \(client.project) has several managed zones \(best[0].dnsName)\(leftOut): \(best.map(\.name).joined(separator: ", ")); say which one"
    )
  }

  /// The zone of a name, or without one that which holds a domain.
  package func find(_ name: String?, holding domain: DomainName) async throws(ProviderError) -> CloudDNSZone {
    guard let name else { return try await zone(holding: domain) }
    guard let zone = try await all().first(where: { $0.name == name }) else {
      throw ProviderError(
        .refused,
        "the project \(client.project) has no managed zone \(cleanText(name, limit: 63)): correct dns.googleCloudDNS.managedZone"
      )
    }
    guard domain.isSubdomain(of: zone.dnsName) else {
      throw ProviderError(
        .refused,
        "the managed zone \(zone.name) is \(zone.dnsName), which does not hold \(domain): correct dns.googleCloudDNS.managedZone"
      )
    }
    return zone
  }

  /// Makes a public managed zone.
  ///
  /// - Parameter name: its name within the project: letters, digits and dashes, at most 63.
  /// - Returns: the zone with the name servers that the domain must be delegated to.
  package func create(_ name: String, for domain: DomainName) async throws(ProviderError) -> CloudDNSZone {
    let call = CloudDNSCall(
      subject: "creating the managed zone \(cleanText(name, limit: 63))", permission: "dns.managedZones.create",
      method: "POST", path: client.path(),
      body: [
        "name": .string(name), "dnsName": .string(domain.text + "."), "visibility": "public",
        "description": "federated DNS names, kept by zonetop",
      ], urgency: .repair)
    guard let zone = CloudDNSZone(try await client.json(call)) else {
      throw ProviderError(.incomplete, "\(call.subject): it was made, and the answer cannot be read; list the zones")
    }
    return zone
  }
}

/// One managed zone, as far as its choice needs it.
package struct CloudDNSZone: Hashable, Sendable {
  /// Its name within the project.
  package var name: String
  package var dnsName: DomainName
  /// Whether the Internet sees it; else only networks of the project do.
  package var isPublic: Bool
  /// Where the domain must be delegated to for the zone to count.
  package var nameServers: [DomainName]

  init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let dnsName = json["dnsName"]?.string.flatMap({ try? DomainName($0) }) else {
      return nil
    }
    self.name = cleanText(name, limit: 63)
    self.dnsName = dnsName
    // Zones from before private ones existed do not say what they are.
    isPublic = (json["visibility"]?.string ?? "public") == "public"
    nameServers = (json["nameServers"]?.array ?? []).compactMap { $0.string.flatMap { try? DomainName($0) } }
  }
}
