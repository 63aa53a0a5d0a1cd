import Federation
import Glibc

/// `octodns-sync` as its users run it: a zone file in YAML, one provider, and the zone that it is to make so.
struct OctoDNS {
  private let program: String
  private let folder: String
  private let environment: [String: String]

  /// - Parameters:
  ///   - target: the provider in the configuration's words.
  ///   - environment: what that needs to know besides.
  /// - Throws: ``Failure`` where it is not installed and cannot be.
  init(in parent: String, target: String, environment: [String: String]) throws(Failure) {
    program = try BenchBed.output(of: "octodns") + "/bin/octodns-sync"
    folder = "\(parent)/octodns"
    self.environment = environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
    mkdir(folder, 0o700)
    write(
      """
      manager: { max_workers: 1 }
      providers:
        config: { class: octodns.provider.yaml.YamlProvider, directory: "\(folder)", default_ttl: 180, enforce_order: false }
        target: { \(target) }
      zones:
        example.com.: { sources: [config], targets: [target] }

      """, to: "octodns-sync.conf")
  }

  /// At a server that takes updates.
  static func updating(_ bed: BenchBed, in parent: String) throws(Failure) -> OctoDNS {
    let key = String(Child.text(bed["KEY_FILE"]).prefix { !$0.isWhitespace })
    return try OctoDNS(
      in: parent,
      target: "class: octodns_bind.BindProvider, host: \(bed["ADDRESS"]), port: \(bed["PORT"]), "
        + "key_name: \(bed["KEY_NAME"]), key_secret: env/ZONETOP_BENCH_KEY, key_algorithm: \(bed["ALGORITHM"]), timeout: 60",
      environment: ["ZONETOP_BENCH_KEY": key])
  }

  /// At the API of PowerDNS.
  static func powerDNS(_ bed: BenchBed, in parent: String) throws(Failure) -> OctoDNS {
    let key = String(Child.text(bed["API_KEY_FILE"]).prefix { !$0.isWhitespace })
    return try OctoDNS(
      in: parent,
      target: "class: octodns_powerdns.PowerDnsProvider, host: \(bed["ADDRESS"]), port: \(bed["HTTP_PORT"]), "
        + "api_key: env/ZONETOP_BENCH_KEY, timeout: 60", environment: ["ZONETOP_BENCH_KEY": key])
  }

  /// At what speaks as Route 53 does.
  static func route53(_ bed: BenchBed, in parent: String) throws(Failure) -> OctoDNS {
    try OctoDNS(
      in: parent, target: "class: octodns_route53.Route53Provider, get_zones_by_name: true",
      environment: [
        "AWS_ENDPOINT_URL": "http://127.0.0.1:\(bed["PORT"])", "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
      ])
  }

  /// Writes down what the zone is to hold.
  func want(_ sets: some Collection<RecordSet>) {
    var text = "'': { type: NS, ttl: 180, values: [ns.example.com.] }\nns: { type: A, ttl: 180, values: [127.0.0.1] }\n"
    for set in sets.sorted(by: { $0.key < $1.key }) {
      let name = set.name.text.dropLast(".example.com".count)
      let values =
        set.type == .cname
        ? "value: \(set.values[0])." : "values: [\(set.values.joined(separator: ", "))]"
      text += "\(name): { type: \(set.type.rawValue), ttl: \(set.ttl), \(values) }\n"
    }
    write(text, to: "example.com.yaml")
  }

  /// Runs it once: it plans, and does what it has planned when it is told to.
  func sync(doIt: Bool) throws(Failure) -> Cost {
    let arguments = [program, "--config-file", "\(folder)/octodns-sync.conf", "--quiet"]
    let (status, output, cost) = Program.run(
      arguments + (doIt ? ["--doit"] : []), environment)
    guard status == 0 else {
      throw Failure("octodns-sync ended with \(status): \(output.split(separator: "\n").last ?? "")")
    }
    return cost
  }

  private func write(_ text: String, to name: String) {
    guard let file = fopen("\(folder)/\(name)", "w") else { return }
    fputs(text, file)
    fclose(file)
  }
}
