import Control
import Documents
import Federation
import Testing

@Suite("The configuration file")
struct ConfigurationTests {
  private static let good = """
    federation: { name: myfederation, domain: example.com, ttl: 60, nameLayout: nested }
    api: { context: federation-cluster }
    clusters:
      - { context: gke-us-central1-a }
      - { context: onprem-rack1, region: eu-onprem, zones: [rack1] }
    services: { selector: "app in (nginx)", namespaces: [mynamespace] }
    dns:
      provider: rfc2136
      rfc2136: { servers: ["127.0.0.1:5311"], zone: example.com, tsig: { name: ddns, algorithm: hmac-sha256, secretFile: ddns.key } }
      nameServers: ["127.0.0.1:5311"]
    safety: { massChangeShare: 0.25, healthChangeShare: 0.9, observerLossShare: 0.4, unreachableAfter: 90s, minimumHealthyZones: 2 }
    dashboard: { theme: dark, environment: production, bell: true, keys: { drain: D, whatIf: x } }
    """

  @Test("Reads every key")
  func readsAll() throws {
    let configuration = try Configuration(text: Self.good, name: "/etc/zonetop/config.yaml")
    #expect(configuration.federation.name == "myfederation")
    #expect(configuration.federation.ttl == 60)
    #expect(configuration.federation.nameLayout == .nested)
    #expect(configuration.api == .context("federation-cluster"))
    #expect(configuration.clusters.map(\.context) == ["gke-us-central1-a", "onprem-rack1"])
    #expect(configuration.clusters.last?.zones == ["rack1"])
    #expect(configuration.services.selector?.matches(["app": "nginx"]) == true)
    #expect(configuration.safety.massChangeShare == 0.25)
    #expect(configuration.safety.unreachableAfter == .seconds(90))
    #expect(
      configuration.dashboard
        == .init(theme: "dark", environment: "production", keys: ["drain": "D", "whatIf": "x"], bell: true))
    guard case .rfc2136(let settings) = configuration.dns.provider else {
      Issue.record("not the rfc2136 provider")
      return
    }
    #expect(settings.tsig?.secretFile == "/etc/zonetop/ddns.key")
    #expect(settings.servers.count == 1)
  }

  @Test(
    "One line says what is wrong, and where",
    arguments: [
      ("ttl: 60", "ttll: 60", "1:56"), ("context: federation-cluster", "contxt: federation-cluster", "2:6"),
      ("0.25", "2.5", "11:28"), ("provider: rfc2136", "provider: bind", "8:13"),
      ("zone: example.com,", "zone: example.org,", "9:49"), ("app in (nginx)", "app near (nginx)", "6:23"),
      ("onprem-rack1", "gke-us-central1-a", "1:1"), ("name: myfederation", "name: my.federation", "1:21"),
      ("bell: true", "bell: loud", "12:58"), ("keys: { drain: D,", "keys: { drain: [D],", "12:79"),
    ])
  func refuses(part: String, wrong: String, position: String) throws {
    let text = Self.replacing(part, by: wrong, in: Self.good)
    let error = #expect(throws: DocumentError.self) { try Configuration(text: text, name: "config.yaml") }
    let line = try #require(error?.description)
    #expect(line.hasPrefix("config.yaml:\(position): "), "\(line)")
    #expect(!line.contains("\n"))
  }

  private static func replacing(_ part: String, by other: String, in text: String) -> String {
    guard let range = text.firstRange(of: part) else { return text }
    return text.replacingCharacters(range, by: other)
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<String.Index>, by other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }

  @Test("The safety section fills in what it does not say, and refuses what would not be safe")
  func safetySection() throws {
    func read(_ safety: String) throws -> Configuration {
      try Configuration(
        text: """
          federation: { name: f, domain: example.com }
          api: { context: c }
          dns: { provider: rfc2136, rfc2136: { servers: ["127.0.0.1:53"], zone: example.com } }
          safety: \(safety)
          """, name: "config.yaml")
    }
    let full = try read(
      "{ quorum: 3, unreachableAfter: 5s, probes: { enabled: false, interval: 1s, timeout: 500ms }, "
        + "flapDamping: { suppressAt: 6, reuseAt: 3, halfLife: 30s, minimumHold: 1s, maximumHold: 60s }, "
        + "lease: { duration: 3s, renewDeadline: 2s, retryPeriod: 500ms } }")
    #expect(full.safety.quorum == 3 && full.safety.unreachableAfter == .seconds(5))
    #expect(full.probes == ProbeSettings(isEnabled: false, interval: .seconds(1), timeout: .milliseconds(500)))
    #expect(full.safety.flapDamping.suppressAt == 6 && full.safety.flapDamping.maximumHold == .seconds(60))
    #expect(
      full.lease == LeaseTiming(duration: .seconds(3), renewDeadline: .seconds(2), retryPeriod: .milliseconds(500)))
    let empty = try read("{}")
    #expect(empty.lease == .default && empty.probes == .default && empty.safety == .default)
    for bad in [
      "{ lease: { renewDeadline: 15s } }", "{ probes: { interval: 1ms } }", "{ flapDamping: { reuseAt: 9 } }",
      "{ quorum: 0 }", "{ without: [fenced] }", "{ rules: {} }",
    ] {
      #expect(throws: (any Error).self, "\(bad)") { _ = try read(bad) }
    }
  }
}
