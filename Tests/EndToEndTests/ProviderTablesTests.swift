import Foundation
import Testing

/// The program writes the seed table to a provider, and somebody else's tool reads it there.
@Suite("The seed table at every provider", .serialized)
struct ProviderTablesTests {
  /// A provider's server, how zonetop is told of it, and how a stranger reads it.
  struct Place: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bed: String
    /// Programs that it needs.
    var tools: [String]
    /// The dns section for a bed.
    var section: @Sendable ([String: String]) -> String
    /// What zonetop finds in its environment.
    var environment: @Sendable ([String: String]) throws -> [String: String] = { _ in [:] }
    /// `NAME TYPE VALUE` of what the stranger's tool shows.
    var read: @Sendable ([String: String]) async throws -> [String]
    /// What the provider says of a change that it has carried out; nil where it says nothing.
    var acknowledgement: String?
  }

  @Test(arguments: places)
  func table(_ place: Place) async throws {
    guard place.tools.allSatisfy(Tools.has) else {
      print("skipped: \(place.testDescription) needs \(place.tools.joined(separator: ", "))")
      return
    }
    guard let bed = try await Bed.start(place.bed) else { return }
    let folder = try TemporaryFolder()
    let config = folder.path + "/own.yaml"
    try """
    federation: { name: myfederation, domain: example.com }
    api: { context: federation-cluster }
    dns:
    \(place.section(bed.environment))
    """.write(toFileAt: config)
    let environment = try place.environment(bed.environment)
    let demo = try await DemoProcess.start(["--config", config], environment: environment)
    // A second zonetop is told of the same clusters and of the other provider.
    let joined = try String(contentsOfFileAt: demo.config)
    let (clusters, rest) = (joined.firstRange(of: "\ndns:"), joined.firstRange(of: "\n# The addresses"))
    guard let clusters, let rest else { throw ProgramError("the demo's configuration is not as it was: \(joined)") }
    try "\(joined[..<clusters.lowerBound])\ndns:\n\(place.section(bed.environment))\(joined[rest.lowerBound...])"
      .write(toFileAt: config)
    let reconciled = try await Tools.run(
      [Tools.zonetop, "--config", config, "--kubeconfig", demo.kubeconfig, "reconcile"], environment: environment)
    #expect(reconciled.code == 0, "\(reconciled.output)")
    let lines = try await place.read(bed.environment).filter { $0.hasPrefix("nginx.") }.sorted()
    #expect(lines == SeedTable.lines)
    let records = try await Tools.run(
      [Tools.zonetop, "--config", config, "--kubeconfig", demo.kubeconfig, "records"], environment: environment)
    #expect(records.code == 0 && records.output.contains("us-central1-a.example.com"), "\(records.output)")
    // The id of the change is on record, so that another process may ask.
    if let word = place.acknowledgement {
      #expect(records.output.contains(" \(word) "), "\(records.output)")
    }
    for secret in bed.environment.filter({ $0.key.hasSuffix("_FILE") }).values {
      let text = ((try? String(contentsOfFileAt: secret)) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
      if text.count > 8 { #expect(!demo.program.output.contains(text), "a secret is in the log") }
    }
    await demo.stop()
    await bed.stop()
    folder.remove()
  }

  static let places = [
    Place(
      testDescription: "Route 53 (moto), by aws", bed: "moto", tools: ["python3"],
      section: { bed in
        """
          provider: route53
          route53: { hostedZone: \(bed["HOSTED_ZONE"] ?? ""), endpoint: "http://127.0.0.1:\(bed["PORT"] ?? "")" }
          nameServers: ["127.0.0.1:1"]
        """
      }, environment: aws, read: listedByAWS, acknowledgement: "INSYNC"),
    Place(
      testDescription: "Route 53 (ministack), by aws", bed: "ministack", tools: ["python3"],
      section: { bed in
        """
          provider: route53
          route53: { hostedZone: \(bed["HOSTED_ZONE"] ?? ""), endpoint: "http://127.0.0.1:\(bed["PORT"] ?? "")" }
          nameServers: ["127.0.0.1:1"]
        """
      }, environment: aws, read: listedByAWS),
    Place(
      testDescription: "BIND, by dig", bed: "bind", tools: ["named", "dig"],
      section: { rfc2136($0) }, read: { try await transferred("dig", $0) }),
    Place(
      testDescription: "Knot, by kdig", bed: "knot", tools: ["knotd", "kdig"],
      section: { rfc2136($0) }, read: { try await transferred("kdig", $0) }),
    Place(
      testDescription: "PowerDNS by dnsupdate, by dig", bed: "pdns", tools: ["pdns_server", "dig"],
      section: { rfc2136($0) }, read: { try await transferred("dig", $0) }),
    Place(
      testDescription: "PowerDNS by its API, by curl", bed: "pdns", tools: ["pdns_server", "curl"],
      section: { bed in
        """
          provider: powerdns
          powerdns: { url: "http://127.0.0.1:\(bed["HTTP_PORT"] ?? "")", zone: example.com, apiKeyFile: \(bed["API_KEY_FILE"] ?? "") }
          nameServers: ["127.0.0.1:\(bed["PORT"] ?? "")"]
        """
      }, read: listedByCurl),
    Place(
      testDescription: "CoreDNS's etcd, by etcdctl", bed: "etcd", tools: ["etcd", "etcdctl"],
      section: { bed in
        """
          provider: coredns
          coredns: { endpoints: ["\(bed["URL"] ?? "")"], zone: example.com }
          nameServers: ["127.0.0.1:1"]
        """
      }, read: listedByEtcdctl),
  ]

  @Sendable static func rfc2136(_ bed: [String: String]) -> String {
    """
      provider: rfc2136
      rfc2136: { servers: ["127.0.0.1:\(bed["PORT"] ?? "")"], zone: example.com, tsig: { name: ddns, algorithm: \(bed["ALGORITHM"] ?? ""), secretFile: \(bed["KEY_FILE"] ?? "") } }
    """
  }

  @Sendable static func aws(_ bed: [String: String]) throws -> [String: String] {
    [
      "AWS_ACCESS_KEY_ID": bed["ACCESS_KEY"] ?? "",
      "AWS_SECRET_ACCESS_KEY": try String(contentsOfFileAt: bed["SECRET_FILE"] ?? ""),
      "AWS_EC2_METADATA_DISABLED": "true", "AWS_DEFAULT_REGION": "us-east-1",
    ]
  }

  @Sendable static func listedByAWS(_ bed: [String: String]) async throws -> [String] {
    let listed = try await Tools.run(
      [
        "\(bed["TOOLS"] ?? "")/bin/aws", "--endpoint-url", "http://127.0.0.1:\(bed["PORT"] ?? "")", "route53",
        "list-resource-record-sets", "--hosted-zone-id", bed["HOSTED_ZONE"] ?? "", "--output", "json",
      ], environment: try aws(bed))
    let json = try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [String: Any]
    return (json?["ResourceRecordSets"] as? [[String: Any]] ?? []).flatMap { set -> [String] in
      let records = set["ResourceRecords"] as? [[String: Any]] ?? []
      return records.map {
        line("\(set["Name"] ?? "")", "\(set["Type"] ?? "")", "\($0["Value"] ?? "")")
      }
    }
  }

  /// A zone transfer by dig or kdig, signed with the bed's key.
  @Sendable static func transferred(_ tool: String, _ bed: [String: String]) async throws -> [String] {
    let secret = try String(contentsOfFileAt: bed["KEY_FILE"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    let answer = try await Tools.run([
      tool, "@127.0.0.1", "-p", bed["PORT"] ?? "", "-y", "\(bed["ALGORITHM"] ?? ""):ddns:\(secret)", "example.com",
      "AXFR",
    ])
    return answer.output.split(separator: "\n").compactMap { text in
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      return words.count >= 5 && words[2] == "IN" ? line(words[0], words[3], words[4...].joined(separator: " ")) : nil
    }
  }

  @Sendable static func listedByCurl(_ bed: [String: String]) async throws -> [String] {
    let key = try String(contentsOfFileAt: bed["API_KEY_FILE"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    let listed = try await Tools.run([
      "curl", "-s", "-H", "X-API-Key: \(key)",
      "http://127.0.0.1:\(bed["HTTP_PORT"] ?? "")/api/v1/servers/localhost/zones/example.com.",
    ])
    let json = try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [String: Any]
    return (json?["rrsets"] as? [[String: Any]] ?? []).flatMap { set in
      (set["records"] as? [[String: Any]] ?? []).map {
        line("\(set["name"] ?? "")", "\(set["type"] ?? "")", "\($0["content"] ?? "")")
      }
    }
  }

  /// Keys and values by turns; a CNAME stands at two keys.
  @Sendable static func listedByEtcdctl(_ bed: [String: String]) async throws -> [String] {
    let listed = try await Tools.run(
      ["etcdctl", "--endpoints", bed["URL"] ?? "", "get", "--prefix", "/skydns/com/example/"],
      environment: ["ETCDCTL_API": "3"])
    let lines = listed.output.split(separator: "\n").map(String.init)
    var found: Set<String> = []
    for index in stride(from: 0, to: lines.count - 1, by: 2) {
      let value = try JSONSerialization.jsonObject(with: Data(lines[index + 1].utf8)) as? [String: Any]
      guard let host = value?["host"] as? String else { continue }
      let labels = lines[index].split(separator: "/").dropFirst().filter { !$0.hasPrefix("zonetop-") }
      let isAddress = host.allSatisfy { $0.isNumber || $0 == "." }
      found.insert(line(labels.reversed().joined(separator: "."), isAddress ? "A" : "CNAME", host))
    }
    return Array(found)
  }

  @Sendable static func line(_ name: String, _ type: String, _ value: String) -> String {
    let (name, value) = (
      name.hasSuffix(".") ? String(name.dropLast()) : name, value.hasSuffix(".") ? String(value.dropLast()) : value
    )
    return "\(name) \(type) \(value)"
  }
}
