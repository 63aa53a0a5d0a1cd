import DNSProviders
import Federation
import JSON
import Testing

struct CloudDNSZonesTests {
  private func zones(_ bed: CloudDNSBed, _ others: [JSONValue] = []) throws -> CloudDNSZones {
    bed.cloud.change { $0.otherZones = others }
    return CloudDNSZones(project: "p1", endpoint: bed.endpoint, tokens: try bed.tokens(), api: try bed.api())
  }

  private static func zone(_ name: String, _ dnsName: String, _ visibility: String = "public") -> JSONValue {
    ["name": .string(name), "dnsName": .string(dnsName), "visibility": .string(visibility), "nameServers": []]
  }

  @Test func theLongestPublicZoneIsChosen() async throws {
    try await CloudDNSBed.run { bed in
      let domain = DomainName(canonical: "fed.example.com")
      let others = [
        Self.zone("com", "com."), Self.zone("other", "ample.com."), Self.zone("deeper", "a.fed.example.com."),
        Self.zone("inside", "fed.example.com.", "private"),
      ]
      let found = try await zones(bed, others).zone(holding: domain)
      #expect(found.name == "example-com")
      #expect(found.dnsName == DomainName(canonical: "example.com"))
      #expect(found.nameServers.map(\.text) == ["ns-cloud-a1.googledomains.com", "ns-cloud-a2.googledomains.com"])
      let exact = try await zones(bed, others + [Self.zone("fed", "FED.example.com.")]).zone(holding: domain)
      #expect(exact.name == "fed")
    }
  }

  @Test func noneOrSeveralAreRefusedAndListed() async throws {
    try await CloudDNSBed.run { bed in
      let hidden = Self.zone("hidden", "example.net.", "private")
      let one = try zones(bed, [hidden, Self.zone("twin", "example.com.")])
      let several = await googleError { try await one.zone(holding: DomainName(canonical: "fed.example.com")) }
      #expect(several?.code == .refused)
      #expect(several?.description.contains("example-com, twin") == true, "\(several?.description ?? "")")
      let none = await googleError { try await one.zone(holding: DomainName(canonical: "example.net")) }
      #expect(none?.code == .refused)
      #expect(none?.description.contains("private zones were left out: hidden") == true, "\(none?.description ?? "")")
    }
  }

  @Test func oneIsMadeOnRequestAndTellsItsNameServers() async throws {
    try await CloudDNSBed.run { bed in
      let zones = try zones(bed)
      let made = try await zones.create("fed-example-org", for: DomainName(canonical: "fed.example.org"))
      #expect(made.nameServers.count == 2)
      #expect(try await zones.zone(holding: DomainName(canonical: "x.fed.example.org")) == made)
      let bad = await googleError { try await zones.create("Bad_Name", for: DomainName(canonical: "b.example.org")) }
      #expect(bad?.code == .refused)
      let again = await googleError {
        try await zones.create("example-com", for: DomainName(canonical: "example.com"))
      }
      #expect(again?.description.contains("already exists") == true, "\(again?.description ?? "")")
      bed.cloud.change { $0.permissions = [] }
      let denied = await googleError { try await zones.all() }
      #expect(denied?.description.contains("dns.managedZones.list") == true)
    }
  }
}
