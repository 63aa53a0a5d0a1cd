import Testing

/// What people get wrong: each gives one line that says what, why and what to do, and the exit code of the contract.
@Suite("Bad input at the command line")
struct BadInputTests {
  private static let config = """
    federation: { name: myfederation, domain: example.com }
    api: { context: federation-cluster }
    clusters: [{ context: c1 }]
    dns: { provider: rfc2136, rfc2136: { servers: ["127.0.0.1:1"], zone: example.com } }
    """
  private static let kubeconfig = """
    apiVersion: v1
    kind: Config
    contexts:
      - { name: federation-cluster, context: { cluster: c, user: u } }
      - { name: c1, context: { cluster: c, user: u } }
    clusters: [{ name: c, cluster: { server: "http://127.0.0.1:1" } }]
    users: [{ name: u, user: {} }]
    """

  @Test(
    "A file that is wrong is one line with its place",
    arguments: [
      ("domain: example.com", "domain: example.com, tll: 3", "config.yaml:1:", "did you mean ttl?"),
      ("provider: rfc2136", "provider: route66", "config.yaml:4:", "rfc2136"),
      ("127.0.0.1:1\"", "ns.example.com:53\"", "config.yaml:4:", "IP address"),
      ("zone: example.com", "zone: example.org", "config.yaml:4:", "does not hold"),
      ("context: federation-cluster", "context: nowhere", "kubeconfig", "no context nowhere"),
      ("federation: {", "federation: [", "config.yaml:", "YAML"),
    ])
  func configuration(part: String, wrong: String, place: String, word: String) async throws {
    let result = try await status(Self.config.replacing(part, with: wrong), Self.kubeconfig)
    #expect(result.code == 1)
    #expect(result.output.contains(place) && result.output.contains(word), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
  }

  @Test(
    "A kubeconfig that is wrong is one line, without its secrets",
    arguments: [
      ("server: \"http://127.0.0.1:1\"", "server: \"gopher://x\"", "server"),
      ("user: {}", "user: { username: admin, password: hunter2 }", "token"),
      ("kind: Config", "kind: Pod", "Config"),
      ("clusters: [", "clusters: [[", "YAML"),
    ])
  func kubeconfig(part: String, wrong: String, word: String) async throws {
    let result = try await status(Self.config, Self.kubeconfig.replacing(part, with: wrong))
    #expect(result.code == 1)
    #expect(result.output.contains(word) && !result.output.contains("hunter2"), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
  }

  @Test("Nothing that answers is exit code 5, and says who is silent")
  func nothingReachable() async throws {
    let result = try await status(Self.config, Self.kubeconfig)
    #expect(result.code == 5)
    #expect(
      result.output.contains("127.0.0.1:1") && result.output.split(separator: "\n").count == 1, "\(result.output)")
  }

  @Test(
    "Usage errors are exit code 2",
    arguments: [
      ["drain", "planet/mars", "--reason", "x"], ["drain", "zone/a"], ["trace", "a..b"], ["frobnicate"],
      ["cordon", "zone/a", "--reason", "x", "--for", "90h"], ["top", "--once", "--view", "nowhere"],
      ["trace", "example.com", "--server", "localhost"], ["demo", "--listen", "192.0.2.1:80"],
      ["what-if"], ["what-if", "planet/mars"],
    ])
  func usage(arguments: [String]) async throws {
    #expect(try await run(arguments, Self.config, Self.kubeconfig).code == 2)
  }

  @Test("Without a terminal the dashboard says what to use instead")
  func noTerminal() async throws {
    let result = try await run(["top"], Self.config, Self.kubeconfig)
    #expect(result.code == 2 && result.output.contains("zonetop status"))
  }

  @Test("Observations that are wrong are one line with their place")
  func observations() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/o.json"
    try "{ \"federation\": { \"name\": \"f\", \"domain\": \"example.com\" }, \"clusters\": [], \"servces\": [] }".write(
      toFileAt: path)
    let result = try await Tools.run([Tools.zonetop, "plan", "-f", path, "-o", "json"])
    #expect(result.code == 1)
    #expect(result.output.contains("o.json:1:") && result.output.contains("services"), "\(result.output)")
  }

  private func status(_ config: String, _ kubeconfig: String) async throws -> Finished {
    try await run(["status"], config, kubeconfig)
  }

  private func run(_ arguments: [String], _ config: String, _ kubeconfig: String) async throws -> Finished {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try config.write(toFileAt: folder.path + "/config.yaml")
    try kubeconfig.write(toFileAt: folder.path + "/kubeconfig")
    let files = ["--config", folder.path + "/config.yaml", "--kubeconfig", folder.path + "/kubeconfig"]
    return try await Tools.run([Tools.zonetop] + arguments + files)
  }
}
