import Federation
import Glibc

/// `octodns-sync` as its users run it: a zone file in YAML, one provider, and the zone that it is to make so.
struct OctoDNS {
  private let program: String
  private let folder: String
  private let secret: String

  /// - Throws: ``Failure`` where it is not installed and cannot be.
  init(at bed: BenchBed, in parent: String) throws(Failure) {
    program = try BenchBed.output(of: "octodns") + "/bin/octodns-sync"
    folder = "\(parent)/octodns"
    mkdir(folder, 0o700)
    secret = String(Child.text(bed["KEY_FILE"]).prefix { !$0.isWhitespace })
    write(
      """
      manager: { max_workers: 1 }
      providers:
        config: { class: octodns.provider.yaml.YamlProvider, directory: "\(folder)", default_ttl: 180, enforce_order: false }
        bind:
          class: octodns_bind.BindProvider
          host: "\(bed["ADDRESS"])"
          port: \(bed["PORT"])
          key_name: \(bed["KEY_NAME"])
          key_secret: env/ZONETOP_BENCH_KEY
          key_algorithm: \(bed["ALGORITHM"])
          timeout: 60
      zones:
        example.com.: { sources: [config], targets: [bind] }

      """, to: "octodns-sync.conf")
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
      arguments + (doIt ? ["--doit"] : []), ["ZONETOP_BENCH_KEY": secret, "LC_ALL": "C.UTF-8"])
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
