import Glibc

/// The beds, the configuration between them and a controller process.
final class RealWorld {
  let apiServers: Bed
  let bind: Bed
  let config: String
  private var controller: Program?
  private var starts = 0

  static var canBeHad: Bool {
    Tools.has("kubectl") && Tools.has("dig") && Tools.has("named") && Tools.has("etcd")
      && (access(
        (Tools.environment("KUBEBUILDER_ASSETS") ?? "\(Tools.environment("HOME") ?? "")/.cache/zonetop-beds/bin")
          + "/kube-apiserver", X_OK) == 0)
  }

  var kubeconfig: String { apiServers.folder.path + "/kubeconfig" }
  /// The TSIG key in BIND's own form, which its tools read.
  var keyFile: String { bind.folder.path + "/ddns.conf" }
  var dnsPort: String { bind.environment["PORT"] ?? "" }
  var controllerLog: String { controller?.output ?? "" }

  private init(apiServers: Bed, bind: Bed) throws {
    self.apiServers = apiServers
    self.bind = bind
    config = bind.folder.path + "/config.yaml"
    try """
    federation: { name: myfederation, domain: example.com }
    api: { context: federation-cluster }
    clusters:
      - { context: c1, region: r1, zones: [c1-a] }
      - { context: c2, region: r1, zones: [c2-a] }
      - { context: c3, region: r2, zones: [c3-a] }
    services: { namespaces: [mynamespace] }
    safety:
      probes: { enabled: false }
      flapDamping: { suppressAt: 1000 }
      lease: { duration: 3s, renewDeadline: 2s, retryPeriod: 500ms }
    dns:
      provider: rfc2136
      rfc2136:
        servers: ["127.0.0.1:\(bind.environment["PORT"] ?? "0")"]
        zone: example.com
        tsig: { name: ddns, algorithm: hmac-sha256, secretFile: "\(bind.environment["KEY_FILE"] ?? "")" }
    """.write(toFileAt: config)
  }

  /// Starts the beds and puts the same service into every cluster.
  static func start() async throws -> RealWorld? {
    guard let bind = try await Bed.start("bind") else { return nil }
    guard let apiServers = try await Bed.start("apiservers", ["3"]) else {
      await bind.stop()
      return nil
    }
    let world = try RealWorld(apiServers: apiServers, bind: bind)
    for (context, number) in [("federation-cluster", 0), ("c1", 1), ("c2", 2), ("c3", 3)] {
      try await world.kubectl(context, ["create", "namespace", "mynamespace"])
      try await world.apply(context, world.service)
      guard number > 0 else { continue }
      try await world.giveAddress("192.0.2.\(number)", in: context)
      try await world.apply(context, world.slice(ready: true))
    }
    return world
  }

  func stop() async {
    if controller != nil { try? await killController() }
    await apiServers.stop()
    await bind.stop()
  }

  // MARK: The controller

  func startController() async throws {
    starts += 1
    controller = try controller("\(starts)")
  }

  /// A controller process of its own; what it says goes to a file.
  func controller(_ name: String) throws -> Program {
    try Program(
      [Tools.zonetop, "controller", "--config", config, "--kubeconfig", kubeconfig],
      output: bind.folder.path + "/controller-\(name).log")
  }

  func killController() async throws {
    controller?.signal(SIGKILL)
    _ = await controller?.wait()
    controller = nil
  }

  func zonetop(_ arguments: String...) async throws -> Finished {
    try await Tools.run([Tools.zonetop] + arguments + ["--config", config, "--kubeconfig", kubeconfig])
  }

  // MARK: The clusters

  private let service = """
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "nginx", "namespace": "mynamespace"},
     "spec": {"type": "LoadBalancer", "ports": [{"port": 80}], "selector": {"run": "nginx"}}}
    """

  private func slice(ready: Bool) -> String {
    """
    {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "nginx-1", "namespace": "mynamespace",
     "labels": {"kubernetes.io/service-name": "nginx"}}, "addressType": "IPv4",
     "endpoints": [{"addresses": ["10.0.0.1"], "conditions": {"ready": \(ready)}}], "ports": [{"port": 80}]}
    """
  }

  func setReady(_ ready: Bool, in context: String) async throws {
    try await kubectl(
      context,
      [
        "-n", "mynamespace", "patch", "endpointslices.discovery.k8s.io", "nginx-1", "--type=merge", "-p",
        "{\"endpoints\":[{\"addresses\":[\"10.0.0.1\"],\"conditions\":{\"ready\":\(ready)}}]}",
      ])
  }

  /// Writes the status as a cloud would; through --raw, because kubectl 1.20 has no other way.
  private func giveAddress(_ address: String, in context: String) async throws {
    let file = bind.folder.path + "/status.json"
    try """
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "nginx", "namespace": "mynamespace"},
     "status": {"loadBalancer": {"ingress": [{"ip": "\(address)"}]}}}
    """.write(toFileAt: file)
    try await kubectl(
      context, ["replace", "--raw", "/api/v1/namespaces/mynamespace/services/nginx/status", "-f", file])
  }

  private func apply(_ context: String, _ object: String) async throws {
    let file = bind.folder.path + "/object.json"
    try object.write(toFileAt: file)
    try await kubectl(context, ["create", "-f", file])
  }

  /// What kubectl prints.
  func output(_ context: String, _ arguments: [String]) async throws -> String {
    try await Tools.run(["kubectl", "--kubeconfig", kubeconfig, "--context", context] + arguments).output
  }

  func kubectl(_ context: String, _ arguments: [String]) async throws {
    let result = try await Tools.run(["kubectl", "--kubeconfig", kubeconfig, "--context", context] + arguments)
    guard result.code == 0 else { throw ProgramError("kubectl \(arguments): \(result.output)") }
  }

  // MARK: The names

  /// The values of one name and type, without following CNAMEs.
  func records(_ name: String, _ type: String) async throws -> [String] {
    let result = try await Tools.run([
      "dig", "@127.0.0.1", "-p", dnsPort, name, type, "+noall", "+answer", "+norecurse",
    ])
    let lines = result.output.split(separator: "\n").map { $0.split(whereSeparator: { $0 == " " || $0 == "\t" }) }
    return lines.filter { $0.count > 4 && $0[0] == "\(name)." && $0[3] == type }.map { $0[4...].joined(separator: " ") }
      .sorted()
  }

  func ownAddresses(_ name: String) async throws -> [String] { try await records(name, "A") }

  /// The addresses that a name gives in the end.
  func addresses(_ name: String) async throws -> [String] {
    let result = try await Tools.run(["dig", "@127.0.0.1", "-p", dnsPort, name, "A", "+short"])
    return result.output.split(separator: "\n").map(String.init).filter { !$0.hasSuffix(".") }.sorted()
  }

  func eventually(_ name: String, is expected: [String]) async -> Bool {
    await Tools.eventually(within: .seconds(30)) { (try? await self.addresses(name)) == expected }
  }

  func eventually(_ name: String, holding expected: [String]) async -> Bool {
    await Tools.eventually(within: .seconds(30)) { ((try? await self.addresses(name)) ?? []).sorted() == expected }
  }

  func nsupdate(_ commands: String) async throws {
    let file = bind.folder.path + "/update"
    try "server 127.0.0.1 \(dnsPort)\nzone example.com\n\(commands)\nsend\n".write(toFileAt: file)
    let result = try await Tools.run(["nsupdate", "-k", keyFile, file])
    guard result.code == 0 else { throw ProgramError("nsupdate: \(result.output)") }
  }

  /// Every record of the zone but its SOA.
  func zoneText() async throws -> String {
    let result = try await Tools.run([
      "dig", "@127.0.0.1", "-p", dnsPort, "-k", keyFile, "example.com", "AXFR", "+noall",
      "+answer",
    ])
    return result.output.split(separator: "\n").filter { !$0.contains("SOA") && !$0.contains("TSIG") }.joined(
      separator: "\n")
  }
}
