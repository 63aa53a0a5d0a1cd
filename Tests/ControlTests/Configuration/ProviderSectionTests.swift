import Documents
import Federation
import Testing

@testable import Control

@Suite("The dns section for every provider")
struct ProviderSectionTests {
  private func provider(_ dns: String) throws -> DNSSettings.Provider {
    try Configuration(
      text: "federation: { name: f, domain: a.example.com }\napi: { context: c }\ndns: \(dns)\n", name: "/etc/z/c.yaml"
    ).dns.provider
  }

  @Test(
    "Sections are read whole, files are seen from the configuration's folder, what can be found out may be left out")
  func read() throws {
    guard
      case .route53(let amazon) = try provider(
        "{ provider: route53, route53: { hostedZone: Z1, profile: dns, endpoint: \"http://127.0.0.1:5601/\" } }"),
      case .route53(let bare) = try provider("{ provider: route53 }"),
      case .googleCloudDNS(let google) = try provider(
        "{ provider: googleCloudDNS, googleCloudDNS: { project: p1, managedZone: z, credentialsFile: sa.json } }"),
      case .powerdns(let power) = try provider(
        "{ provider: powerdns, powerdns: { url: \"http://127.0.0.1:8301\", zone: example.com, apiKeyFile: /k, caFile: ca.pem } }"
      ),
      case .coredns(let core) = try provider(
        "{ provider: coredns, coredns: { endpoints: [\"https://e:2379\"], user: z, passwordFile: p, caFile: ca.crt } }")
    else { throw Unexpected() }
    #expect(amazon == Route53Settings(hostedZone: "Z1", profile: "dns", endpoint: "http://127.0.0.1:5601"))
    #expect(bare == Route53Settings())
    #expect(google.credentialsFile == "/etc/z/sa.json" && google.project == "p1" && google.managedZone == "z")
    #expect(power.certificateAuthorityFile == "/etc/z/ca.pem")
    #expect(power.apiKeyFile == "/k" && power.server == "localhost" && power.zone.text == "example.com")
    #expect(core.prefix == "/skydns" && core.zone.text == "a.example.com")
    #expect(core.passwordFile == "/etc/z/p" && core.certificateAuthorityFile == "/etc/z/ca.crt")
  }

  @Test(
    "What is missing or wrong is one line with its place",
    arguments: [
      ("{ provider: powerdns }", "needs a section powerdns"),
      ("{ provider: coredns, coredns: { endpoints: [] } }", "endpoints is empty"),
      ("{ provider: coredns, coredns: { endpoints: [\"e:2379\"] } }", "http://HOST:PORT"),
      ("{ provider: coredns, coredns: { endpoints: [\"http://e\"], user: z } }", "passwordFile"),
      ("{ provider: coredns, coredns: { endpoints: [\"http://e:1\"], certFile: c } }", "belong together"),
      ("{ provider: powerdns, powerdns: { url: \"http://h:1\", zone: example.org, apiKeyFile: k } }", "does not hold"),
      ("{ provider: route53, route53: { hostedZones: Z1 } }", "hostedZones"),
      // A section that is not used is checked all the same.
      ("{ provider: embedded, googleCloudDNS: { endpoint: ftp://x } }", "http://HOST:PORT"),
    ])
  func refused(dns: String, word: String) throws {
    do {
      _ = try provider(dns)
      Issue.record("\(dns) was taken")
    } catch let error as DocumentError {
      #expect(error.description.contains(word), "\(error)")
      #expect(error.description.hasPrefix("/etc/z/c.yaml:3:"), "\(error)")
    }
  }

  private struct Unexpected: Error {}
}
