import Control
import Documents
import Federation
import Testing

@Suite("Aliases in the configuration file")
struct AliasConfigurationTests {
  private func read(_ aliases: String, layout: String = "flat", zone: String = "acme.com") throws -> [Alias] {
    try Configuration(
      text: """
        federation: { name: f, domain: fed.acme.com, nameLayout: \(layout) }
        api: { context: c }
        dns: { provider: rfc2136, rfc2136: { servers: ["127.0.0.1:53"], zone: \(zone) } }
        aliases: [ \(aliases) ]
        """, name: "config.yaml"
    ).aliases
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

  @Test(
    "One line says what is wrong, and where",
    arguments: [
      ("{ name: www.other.org, target: { service: a/b } }", "4:20", "is not in the zone acme.com"),
      ("{ name: fed.acme.com, target: { service: a/b } }", "4:20", "holds the federation's names"),
      ("{ name: b.a.f.svc.fed.acme.com, target: { service: a/b } }", "4:20", "makes by itself"),
      ("{ name: _zonetop.x.acme.com, target: { service: a/b } }", "4:20", "makes by itself"),
      ("{ name: \"*.acme.com\", target: { service: a/b } }", "4:20", "every name that is missing"),
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
