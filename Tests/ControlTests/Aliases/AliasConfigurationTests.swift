import Control
import Documents
import Federation
import Testing

@Suite("Aliases in the configuration file")
struct AliasConfigurationTests {
  private func read(_ aliases: String, layout: String = "flat") throws -> [Alias] {
    try configuration(aliases, layout: layout).aliases
  }

  private func configuration(_ aliases: String, layout: String = "flat") throws -> Configuration {
    try Configuration(
      text: """
        federation: { name: f, domain: fed.acme.com, nameLayout: \(layout) }
        api: { context: c }
        dns: { provider: rfc2136, rfc2136: { servers: ["127.0.0.1:53"], zone: acme.com } }
        aliases: [ \(aliases) ]
        """, name: "config.yaml")
  }

  @Test("Reads every level")
  func levels() throws {
    let nginx = ServiceKey(namespace: "mynamespace", name: "nginx")
    let aliases = try read(
      """
      { name: EU.nginx.acme.com, target: { service: mynamespace/nginx, region: Europe-West1 } },
       { name: www.acme.com, target: { service: mynamespace/nginx }, ttl: 30 },
       { name: a.acme.com, target: { service: mynamespace/nginx, zone: a } }
      """)
    #expect(
      aliases == [
        Alias(name: DomainName(canonical: "eu.nginx.acme.com"), service: nginx, target: .region("europe-west1")),
        Alias(name: DomainName(canonical: "www.acme.com"), service: nginx, ttl: 30),
        Alias(name: DomainName(canonical: "a.acme.com"), service: nginx, target: .zone("a", region: nil)),
      ])
    #expect(
      try read("{ name: x.acme.com, target: { service: a/b, zone: z, region: r } }", layout: "nested").first?.target
        == .zone("z", region: "r"))
    #expect(try read("").isEmpty)
  }

  @Test("An alias in another zone brings its provider, for all in that zone")
  func otherZones() throws {
    let text = """
      { name: www.other.org, target: { service: a/b }, dns: { provider: rfc2136, rfc2136: { servers: ["127.0.0.1:54"], zone: other.org } } },
       { name: eu.other.org, target: { service: a/b } }, { name: www.acme.com, target: { service: a/b } }
      """
    #expect(try read(text).map(\.name.text) == ["www.other.org", "eu.other.org", "www.acme.com"])
    #expect(try configuration(text).aliasZones.map(\.zone.text) == ["other.org"])
  }

  @Test(
    "One line says what is wrong, and where",
    arguments: [
      ("{ name: www.other.org, target: { service: a/b } }", "4:20", "is not in the zone acme.com"),
      ("{ name: fed.acme.com, target: { service: a/b } }", "4:20", "holds the federation's names"),
      ("{ name: b.a.f.svc.fed.acme.com, target: { service: a/b } }", "4:20", "makes by itself"),
      ("{ name: _zonetop.x.acme.com, target: { service: a/b } }", "4:20", "makes by itself"),
      ("{ name: \"*.acme.com\", target: { service: a/b } }", "4:20", "every name that is missing"),
      (
        "{ name: w.o.org, target: { service: a/b }, dns: { provider: rfc2136, rfc2136: { servers: [], zone: p.org } } }",
        "4:101", "name at least one"
      ),
      (
        "{ name: w.o.org, target: { service: a/b }, dns: { provider: embedded } }", "4:60",
        "serves the federation's zone"
      ),
      (
        "{ name: w.acme.com, target: { service: a/b }, dns: { provider: rfc2136, rfc2136: { servers: [\"127.0.0.1:53\"], zone: acme.com } } }",
        "4:63", "has its provider already"
      ),
      (
        "{ name: o.org, target: { service: a/b }, dns: { provider: rfc2136, rfc2136: { servers: [\"127.0.0.1:53\"], zone: o.org } } }",
        "4:20", "is the zone itself"
      ),
      ("{ name: x..acme.com, target: { service: a/b } }", "4:20", "no empty labels"),
      ("{ name: x.acme.com, target: { service: nginx } }", "4:51", "write NAMESPACE/NAME"),
      ("{ name: x.acme.com, target: { service: a/b, region: r.s } }", "4:64", "cannot be one label"),
      ("{ name: x.acme.com, target: { service: a/b, zone: z, region: r } }", "4:73", "both zone and region"),
      ("{ name: x.acme.com, target: { service: a/b, zoen: z } }", "4:56", "zoen"),
      ("{ name: x.acme.com, target: { service: a/b }, ttl: 0 }", "4:63", "604800"),
      ("{ name: x.acme.com }", "4:12", "target"),
      (
        "{ name: x.acme.com, target: { service: a/b } }, { name: X.acme.com, target: { service: a/b } }", "4:68",
        "twice"
      ),
    ])
  func refuses(aliases: String, position: String, part: String) throws {
    let error = #expect(throws: DocumentError.self) { try read(aliases) }
    let line = try #require(error?.description)
    #expect(line.hasPrefix("config.yaml:\(position): "), "\(line)")
    #expect(line.contains(part) && !line.contains("\n"), "\(line)")
  }
}
