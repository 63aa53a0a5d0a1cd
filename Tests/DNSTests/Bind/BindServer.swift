import Federation
import Foundation
import Glibc
import Cryptography

@testable import DNS

/// A real BIND on 127.0.0.1 with one zone, ended by its process id.
final class BindServer {
  static let path: String? = ["/usr/sbin/named", "/usr/local/sbin/named", "/usr/bin/named"].first { (path: String) in
    access(path, X_OK) == 0
  }

  /// The hosts in its zone, besides SOA, NS and the name server's address.
  static let hostCount = 4_000

  let address: ServerAddress
  let keys: [TransactionKey]
  private let folder: URL
  private let process: pid_t

  struct CannotStart: Error { var log: String }

  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "zonetop-bind-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (descriptor, port) = LoopbackServer.open(SOCK_STREAM)
    close(descriptor)
    address = ServerAddress(address: .v4(0x7F00_0001), port: port)
    keys = HashAlgorithm.allCases.map {
      TransactionKey(
        name: DomainName(canonical: "ddns-\($0.rawValue)"), algorithm: $0,
        secret: Array("a secret for \($0.rawValue)".utf8))
    }
    try Self.zone.write(to: folder.appending(path: "zone.db"), atomically: true, encoding: .utf8)
    let configuration = folder.appending(path: "named.conf")
    try Self.configuration(folder.path(), port, keys).write(to: configuration, atomically: true, encoding: .utf8)
    process = try Self.spawn(
      [Self.path ?? "named", "-4", "-g", "-c", configuration.path()], log: folder.appending(path: "log").path())
    try await waitUntilItServes()
  }

  deinit {
    kill(process, SIGTERM)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    try? FileManager.default.removeItem(at: folder)
  }

  private func waitUntilItServes() async throws {
    let client = DNSClient(
      timing: DNSTiming(attempts: [.milliseconds(200)], connect: .seconds(1), silence: .seconds(1)),
      now: DNSClient.systemTime)
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let reply = try? await client.query(Question(name: Samples.zone, type: .soa), at: address, flags: [])
      if reply?.message.responseCode == .noError { return }
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) != 0 { break }
    }
    throw CannotStart(log: (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "")
  }

  private static func spawn(_ arguments: [String], log: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var process: pid_t = 0
    let words = arguments.map { strdup($0) }
    defer { for word in words { free(word) } }
    guard posix_spawn(&process, arguments[0], &actions, nil, words + [nil], environ) == 0 else {
      throw CannotStart(log: "posix_spawn \(arguments[0])")
    }
    return process
  }

  private static func configuration(_ folder: String, _ port: UInt16, _ keys: [TransactionKey]) -> String {
    let names = keys.map { "key \($0.name);" }.joined(separator: " ")
    return """
      options {
        directory "\(folder)"; pid-file "named.pid"; session-keyfile "session.key"; lock-file none;
        listen-on port \(port) { 127.0.0.1; }; listen-on-v6 { none; };
        recursion no; notify no; dnssec-validation no; allow-transfer { none; };
      };
      controls { };
      \(keys.map { "key \"\($0.name)\" { algorithm hmac-\($0.algorithm.rawValue); secret \"\(Base64.encode($0.secret))\"; };" }.joined(separator: "\n"))
      zone "example.com" { type primary; file "zone.db"; allow-update { \(names) }; allow-transfer { \(names) }; };

      """
  }

  private static let zone = """
    $TTL 180
    @ SOA ns admin 1 3600 600 86400 60
    @ NS ns
    ns A 127.0.0.1
    Odd\\.Name\\032x TXT "Upper Case" "" "\\200"
    big TXT \((0..<8).map { "\"\(String(repeating: String($0), count: 250))\"" }.joined(separator: " "))
    $GENERATE 1-\(hostCount) host-$ A 10.0.0.1

    """
}
