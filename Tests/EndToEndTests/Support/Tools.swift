import Glibc

/// What a finished program said.
struct Finished {
  var code: Int32
  var output: String
}

/// The programs that a stranger would drive zonetop with.
enum Tools {
  /// The binary that this test run built.
  static var zonetop: String { environment("ZONETOP_BINARY") ?? ".build/debug/zonetop" }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Runs a program to its end.
  @discardableResult
  static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Finished {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let program = try Program(arguments, environment: environment, output: folder.path + "/output")
    let code = await program.wait()
    return Finished(code: code, output: program.output)
  }

  /// Whether a program is on the path.
  static func has(_ name: String) -> Bool {
    (environment("PATH") ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
      || ["/usr/sbin", "/sbin"].contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  /// Waits until a condition holds, asking every few milliseconds; false when the time is over.
  ///
  /// The condition is the world's, not the test's, so there is nothing to inject: this polls, it does not guess a time.
  static func eventually(
    within limit: Duration, every pause: Duration = .milliseconds(5), _ condition: () async throws -> Bool
  ) async rethrows -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if try await condition() { return true }
      try? await Task.sleep(for: pause)
    }
    return try await condition()
  }

  /// A port of 127.0.0.1 such that it and the next two are free for TCP and UDP.
  static func freePorts() throws -> Int {
    for port in stride(from: Int.random(in: 20_000...30_000), to: 32_000, by: 3)
    where [port, port + 1, port + 2].allSatisfy({ isFree($0, SOCK_STREAM) && isFree($0, SOCK_DGRAM) }) {
      return port
    }
    throw ProgramError("no three free ports in a row")
  }

  private static func isFree(_ port: Int, _ type: __socket_type) -> Bool {
    let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

/// A folder that is gone after the test.
struct TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/zonetop-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw ProgramError("cannot make a temporary folder") }
    path = String(cString: made)
  }

  func remove() {
    guard let program = try? Program(["rm", "-rf", path], output: "/dev/null") else { return }
    // Reaped at once: a child that nobody waits for keeps Swift Testing's monitor of exit tests spinning.
    var status: Int32 = 0
    waitpid(program.pid, &status, 0)
  }
}
