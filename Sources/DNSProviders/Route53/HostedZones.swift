package import Federation
import HTTPTransport

/// Hosted zones of an account: finding the one that holds a domain, and making it.
package struct HostedZones: Sendable {
  let client: Route53Client

  package init(client: Route53Client) { self.client = client }

  /// A public hosted zone.
  package struct Found: Hashable, Sendable {
    package var id: String
    package var zone: DomainName
    /// The servers that the registrar is to delegate to; empty where they were not asked for.
    package var nameServers: [DomainName] = []
  }

  /// The public zone that holds a domain: the one with the longest name.
  ///
  /// - Throws: ``ProviderError/Code/refused`` when there is none, or when several have that name.
  package func find(_ domain: DomainName) async throws(ProviderError) -> Found {
    var candidate = domain
    while !candidate.isRoot {
      let zones = try await named(candidate)
      let open = zones.filter { $0.Config?.PrivateZone != true }
      if open.count > 1 {
        let ids = open.map { Self.id($0) }.sorted().joined(separator: ", ")
        throw ProviderError(
          .refused, "\(open.count) hosted zones are called \(candidate): \(ids); name one as dns.route53.hostedZone")
      }
      if let zone = open.first { return try await describe(Self.id(zone)) }
      candidate = candidate.parent ?? .root
    }
    throw ProviderError(
      .refused,
      "no public hosted zone holds \(domain): make one (`zonetop zone create`) or name one as dns.route53.hostedZone")
  }

  /// A zone with its name servers.
  package func describe(_ id: String) async throws(ProviderError) -> Found {
    let answer = try await client.send(
      Route53XML.ZoneResponse.self, "reading the hosted zone \(cleanLine(id))",
      path: "/2013-04-01/hostedzone/\(percentEncoded(id))")
    return try Self.found(answer)
  }

  /// Makes a public zone.
  ///
  /// - Parameter reference: any text; Route 53 takes each but once, so that a repeated call makes no second zone.
  package func create(_ zone: DomainName, reference: String) async throws(ProviderError) -> Found {
    let body: [UInt8]
    do {
      body = try Route53XML.encode(
        Route53XML.CreateZone(Name: zone.text + ".", CallerReference: reference), as: "CreateHostedZoneRequest")
    } catch {
      throw ProviderError(.refused, "the request for \(zone) cannot be written as XML")
    }
    return try Self.found(
      try await client.send(
        Route53XML.ZoneResponse.self, "making the hosted zone \(zone)", method: "POST", path: "/2013-04-01/hostedzone",
        body: body,
        urgency: .repair))
  }

  private func named(_ name: DomainName) async throws(ProviderError) -> [Route53XML.HostedZone] {
    var zones: [Route53XML.HostedZone] = []
    var query = [("dnsname", name.text + ".")]
    while true {
      let page = try await client.send(
        Route53XML.ZonesByName.self, "looking for the hosted zone of \(name)",
        path: "/2013-04-01/hostedzonesbyname",
        query: query + [("maxitems", "100")])
      let found = page.HostedZones.HostedZone ?? []
      let here = found.filter { PresentationText.octal.name($0.Name) == name }
      zones += here
      guard page.IsTruncated == true, here.count == found.count, let next = page.NextDNSName else { return zones }
      query = [("dnsname", next)] + (page.NextHostedZoneId.map { [("hostedzoneid", $0)] } ?? [])
    }
  }

  private static func found(_ answer: Route53XML.ZoneResponse) throws(ProviderError) -> Found {
    guard let zone = PresentationText.octal.name(answer.HostedZone.Name) else {
      throw ProviderError(.incomplete, "Route 53 gives a hosted zone a name that is none")
    }
    let servers = (answer.DelegationSet?.NameServers.NameServer ?? []).compactMap { PresentationText.octal.name($0) }
    return Found(id: id(answer.HostedZone), zone: zone, nameServers: servers)
  }

  private static func id(_ zone: Route53XML.HostedZone) -> String { String(zone.Id.split(separator: "/").last ?? "") }
}
