import Glibc

/// A real server on loopback, started and ended by a script in Tests/Beds.
struct BenchBed {
  let settings: [String: String]
  private let script: String
  private let folder: String

  private static let scripts = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Tests/Beds"

  /// - Throws: ``Failure`` with the line of the script that says why there is none.
  init(_ name: String, in parent: String, as folder: String? = nil) throws(Failure) {
    script = "\(Self.scripts)/\(name)"
    self.folder = "\(parent)/\(folder ?? name)"
    try Self.run([script, "start", self.folder])
    var settings: [String: String] = [:]
    for line in Child.text("\(self.folder)/env").split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { settings[String(parts[0])] = String(parts[1]) }
    }
    self.settings = settings
  }

  subscript(key: String) -> String { settings[key] ?? "" }

  func stop() { _ = try? Self.run([script, "stop", folder]) }

  /// What a script of Tests/Beds that only prints something prints.
  static func output(of name: String) throws(Failure) -> String { try run(["\(scripts)/\(name)"]) }

  @discardableResult private static func run(_ arguments: [String]) throws(Failure) -> String {
    guard access(arguments[0], X_OK) == 0 else { throw Failure("there is no \(arguments[0])") }
    let (status, output, _) = Program.run(arguments, [:])
    let line = output.split(separator: "\n").last.map(String.init) ?? ""
    guard status == 0 else { throw Failure(line.isEmpty ? "\(arguments[0]) ended with \(status)" : line) }
    return line
  }
}

/// Why something cannot be measured; one line.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Programs that run to their end.
enum Program {
  /// Runs one and waits: its exit status, what it printed, and what it cost.
  static func run(_ arguments: [String], _ extra: [String: String]) -> (status: Int32, output: String, cost: Cost) {
    var template = Array("/tmp/zonetop-bench-output-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    defer { close(file) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    var environment = extra
    for name in ["PATH", "HOME", "XDG_CACHE_HOME"] { environment[name] = getenv(name).map { String(cString: $0) } }
    let began = ContinuousClock.now
    // Both outputs into one file.
    let shell = ["/bin/sh", "-c", #"exec "$0" "$@" 2>&1"#]
    guard let pid = Child.spawn(shell + arguments, environment, output: path) else {
      return (127, "\(arguments[0]) cannot be started", Cost(wall: .zero, processor: .zero))
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(pid, &status, 0, &usage)
    let times = [usage.ru_utime, usage.ru_stime].map {
      Duration.seconds(Int64($0.tv_sec)) + .microseconds(Int64($0.tv_usec))
    }
    let cost = Cost(wall: ContinuousClock.now - began, processor: times[0] + times[1])
    return (status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F), Child.text(path), cost)
  }
}
