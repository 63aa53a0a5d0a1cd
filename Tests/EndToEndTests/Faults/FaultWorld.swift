import DNS
import Federation
import Glibc

/// Simulated clusters behind faulty doors, a real BIND, a controller process between them, and a reader that never
/// looks away.
///
/// Everything may run in a network namespace of its own, where packets can be dropped.
final class FaultWorld {
  let bind: Bed
  let demo: DemoProcess
  /// The door to each cluster's API, by the cluster's name.
  let doors: [String: FaultyProxy]
  let clusters: [String]
  let services: [String]
  let names: [DomainName]
  let space: NetworkNamespace?
  private(set) var reader: NameWatch
  private(set) var controller: Program?
  private var starts = 0
  /// The configuration's line about safety; empty for the defaults.
  private var safety = ""
  /// Programs that live as long as the world: vantage points, and whatever answers at the services' addresses.
  fileprivate var companions: [Program] = []
  /// What the controller's environment has besides the usual.
  var environment: [String: String] = [:]

  /// A shard that is taken down after each fault, to prove that somebody is at work, would soon be damped.
  static let steady = "safety: { flapDamping: { suppressAt: 1000 } }"

  static var canBeHad: Bool { Tools.has("dig") && Tools.has("named") }

  private var folder: String { bind.folder.path }
  private var dnsPort: Int { Int(bind.environment["PORT"] ?? "") ?? 0 }
  private var prefix: [String] { space?.prefix ?? [] }
  var controllerLog: String { controller?.output ?? "" }

  private init(_ bind: Bed, _ demo: DemoProcess, _ clusters: [String], _ services: [String], _ space: NetworkNamespace?)
    throws
  {
    self.bind = bind
    self.demo = demo
    self.clusters = clusters
    self.services = services
    self.space = space
    doors = Dictionary(
      uniqueKeysWithValues: try clusters.map { ($0, try FaultyProxy(to: demo.port, namespace: space?.name)) })
    let places =
      ["example.com"] + Set(clusters.flatMap { ["\($0).example.com", "\($0.dropLast(2)).example.com"] }).sorted()
    names = try services.flatMap { service in
      try places.map { try DomainName("\(service).mynamespace.myfederation.svc.\($0)") }
    }
    reader = NameWatch(names: [], port: 0)
  }

  /// Starts everything; the reader begins when every name has been published.
  static func start(clusters count: Int = 6, services: Int = 3, isolated: Bool = false, safety: String = steady)
    async throws
    -> FaultWorld?
  {
    let space = isolated ? try await NetworkNamespace.make() : nil
    guard space != nil || !isolated else { return nil }
    guard let bind = try await Bed.start("bind", in: space) else {
      await space?.remove()
      return nil
    }
    let demo = try await DemoProcess.start(
      ["--observe", "--clusters", "\(count)", "--services", "\(services)"], in: space)
    let kubeconfig = try String(contentsOfFileAt: demo.kubeconfig)
    let clusters = kubeconfig.matches(of: /\/clusters\/([a-z0-9-]+)/).map { String($0.1) }
    let keys = (1...services).map { $0 == 1 ? "nginx" : "service-\($0)" }
    let world = try FaultWorld(bind, demo, clusters, keys, space)
    world.safety = safety
    try world.writeFiles(kubeconfig)
    _ = await world.reader.stop()
    try world.startController()
    let isPublished = await Tools.eventually(within: .seconds(60), every: .milliseconds(100)) {
      await world.allAnswer()
    }
    guard isPublished else {
      let log = world.controllerLog
      await world.stop()
      throw ProgramError("the names were not published: \(log)")
    }
    world.reader = NameWatch(names: world.names, port: UInt16(world.dnsPort), namespace: space?.name)
    return world
  }

  private func writeFiles(_ kubeconfig: String) throws {
    var text = kubeconfig
    for (name, door) in doors {
      text = text.replacing(
        "127.0.0.1:\(demo.port)/clusters/\(name)\"", with: "127.0.0.1:\(door.port)/clusters/\(name)\"")
    }
    try text.write(toFileAt: folder + "/kubeconfig")
    try writeConfiguration(services: "")
  }

  /// Writes the configuration anew.
  ///
  /// - Parameter services: the section that selects them, as one line; empty for all.
  func writeConfiguration(services: String) throws {
    let members = clusters.map { "  - { context: \($0) }" }.joined(separator: "\n")
    try """
    federation: { name: myfederation, domain: example.com }
    api: { context: federation-cluster }
    clusters:
    \(members)
    \(services)
    \(safety)
    dns:
      provider: rfc2136
      rfc2136:
        servers: ["127.0.0.1:\(dnsPort)"]
        zone: example.com
        tsig: { name: ddns, algorithm: hmac-sha256, secretFile: "\(bind.environment["KEY_FILE"] ?? "")" }
    """.write(toFileAt: folder + "/config.yaml")
  }

  func stop() async {
    _ = await reader.stop()
    await killController()
    for program in companions {
      program.signal(SIGTERM)
      _ = await program.wait()
    }
    for door in doors.values { door.stop() }
    await demo.stop()
    await bind.stop()
    await space?.remove()
  }

  // MARK: The controller

  func startController() throws {
    starts += 1
    controller = try Program(
      prefix + [
        Tools.zonetop, "controller", "--config", folder + "/config.yaml", "--kubeconfig", folder + "/kubeconfig",
      ],
      environment: ["XDG_STATE_HOME": folder + "/state"].merging(environment) { $1 },
      output: folder + "/controller-\(starts).log")
  }

  func killController() async {
    controller?.signal(SIGCONT)
    controller?.signal(SIGKILL)
    _ = await controller?.wait()
    controller = nil
  }

  /// Whether the controller that was started last has read everything.
  func isSettled() async -> Bool {
    await Tools.eventually(within: .seconds(30), every: .milliseconds(50)) {
      self.controllerLog.contains("everything is read")
    }
  }

  func doors(_ fault: FaultyProxy.Fault, of names: [String]? = nil) {
    for name in names ?? clusters { doors[name]?.become(fault) }
  }

  // MARK: The world

  /// Scales a service in one cluster, by the cluster's own door.
  func scale(_ service: String, in cluster: String, to replicas: Int) async throws {
    let result = try await Tools.run(
      prefix + [
        "curl", "-sS", "-f", "-X", "PATCH", "-H", "Content-Type: application/merge-patch+json", "-d",
        "{\"spec\":{\"replicas\":\(replicas)}}",
        "http://127.0.0.1:\(demo.port)/clusters/\(cluster)/apis/apps/v1/namespaces/mynamespace/deployments/\(service)",
      ])
    guard result.code == 0 else { throw ProgramError("curl: \(result.output)") }
  }

  /// The serial of the zone, which grows with every write.
  func serial() async throws -> Int {
    let result = try await dig("example.com", "SOA", "+short")
    guard let serial = result.split(separator: " ").dropFirst(2).first.flatMap({ Int($0) }) else {
      throw ProgramError("no serial: \(result)")
    }
    return serial
  }

  /// Every record of the zone but its SOA.
  func zone() async throws -> String {
    let key = bind.folder.path + "/ddns.conf"
    let result = try await Tools.run(
      prefix + ["dig", "@127.0.0.1", "-p", "\(dnsPort)", "-k", key, "example.com", "AXFR", "+noall", "+answer"])
    return result.output.split(separator: "\n").filter { !$0.contains("SOA") && !$0.contains("TSIG") }
      .joined(separator: "\n")
  }

  /// The records that stand at a name, without following any: `A 192.0.2.1`.
  func records(_ name: String) async throws -> [String] {
    var records: [String] = []
    for line in try await dig(name, "A", "+noall", "+answer").split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count > 4, words[0] == "\(name)." { records.append(words[3...].joined(separator: " ")) }
    }
    return records.sorted()
  }

  /// Makes a healthy shard go and come back, and sees it in DNS both times: that the controller is at work.
  func proveAtWork(_ service: String = "nginx", in cluster: String) async throws -> Bool {
    let name = "\(service).mynamespace.myfederation.svc.\(cluster).example.com"
    for (replicas, type) in [(0, "CNAME"), (3, "A")] {
      try await scale(service, in: cluster, to: replicas)
      let isSeen = await Tools.eventually(within: .seconds(30), every: .milliseconds(50)) {
        (try? await self.records(name))?.first?.hasPrefix("\(type) ") == true
      }
      guard isSeen else { return false }
    }
    return true
  }

  private func dig(_ name: String, _ type: String, _ options: String...) async throws -> String {
    try await Tools.run(prefix + ["dig", "@127.0.0.1", "-p", "\(dnsPort)", name, type, "+norecurse"] + options).output
  }

  private func allAnswer() async -> Bool {
    for name in names {
      guard let text = try? await dig(name.text, "A", "+short"), !text.isEmpty, !text.contains(";;") else {
        return false
      }
    }
    return true
  }
}

// MARK: - The data plane

extension FaultWorld {
  /// Every address and alias of the zone, in order.
  func hierarchy() async throws -> [String] {
    try await zone().split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .filter { $0.contains(" A ") || $0.contains(" CNAME ") }.sorted()
  }

  /// The addresses that each cluster has in DNS now.
  func servedAddresses() async throws -> [String: Set<String>] {
    var addresses: [String: Set<String>] = [:]
    for line in try await zone().split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count > 4, words[3] == "A" else { continue }
      for cluster in clusters where words[0].hasSuffix(".svc.\(cluster).example.com.") {
        addresses[cluster, default: []].insert(String(words[4]))
      }
    }
    return addresses
  }

  /// Lets something answer at every address of every service; only in a namespace of its own.
  func bringAddressesToLife() async throws {
    guard let space else { return }
    for address in try await servedAddresses().values.joined() {
      try await space.run(["ip", "address", "add", "\(address)/32", "dev", "lo"])
    }
    companions.append(
      try Program(
        space.prefix + ["python3", "-m", "http.server", "80", "--bind", "0.0.0.0", "--directory", "/var/empty"],
        output: bind.folder.path + "/services.log"))
  }

  /// Starts a vantage point, a process of its own.
  func startVantagePoint(_ name: String) throws {
    companions.append(
      try Program(
        (space?.prefix ?? []) + [
          Tools.zonetop, "probe", "--name", name, "--config", bind.folder.path + "/config.yaml", "--kubeconfig",
          bind.folder.path + "/kubeconfig",
        ], output: bind.folder.path + "/probe-\(name).log"))
  }

  /// Drops every packet to a cluster's API, to its services, or to both.
  func drop(_ cluster: String, api: Bool = true, addresses: Set<String>) async throws {
    if api, let door = doors[cluster] { try await space?.drop(door.port) }
    for address in addresses {
      try await space?.run(["iptables", "-A", "INPUT", "-d", address, "-j", "DROP"])
    }
  }
}
