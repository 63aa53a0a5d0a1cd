import DNS
import DNSProviders
import Dispatch
import Federation
import Foundation
import Testing

/// A real BIND with the zone `example.com`, started by `Tests/Beds/bind` and ended with the suite.
struct BindBed: Sendable {
  let address: ServerAddress
  let key: TransactionKey
  private let directory: String

  /// The one that the running suite has.
  @TaskLocal static var current: BindBed?

  static let script = URL(filePath: #filePath).appending(path: "../../../Beds/bind").standardizedFileURL.path

  /// Whether there is a BIND to start.
  static let isAvailable = ["/usr/sbin", "/usr/bin", "/usr/local/sbin"].contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/named")
  }

  static func start() async throws -> BindBed {
    let directory = FileManager.default.temporaryDirectory.appending(path: "zonetop-bind-\(UUID().uuidString)").path
    try #require(await run(script, "start", directory) == 0, "the BIND bed did not start")
    var settings: [Substring: Substring] = [:]
    for line in try String(contentsOfFile: "\(directory)/env", encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { settings[parts[0]] = parts[1] }
    }
    let file = try String(contentsOfFile: String(try #require(settings["KEY_FILE"])), encoding: .utf8)
    let name = try #require(settings["ALGORITHM"])
    let algorithm = try #require(TransactionKey.algorithm(named: name))
    let key = try TransactionKey(file: file, name: DomainName(canonical: "ddns"), algorithm: algorithm)
    let port = try #require(settings["PORT"])
    let address = try #require(ServerAddress("127.0.0.1:\(port)"))
    return BindBed(address: address, key: key, directory: directory)
  }

  func stop() async throws {
    _ = try await Self.run(Self.script, "stop", directory)
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Runs a program to its end, on a thread that may block; what it prints goes where the tests print.
  private static func run(_ words: String...) async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { @Sendable in
        var arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process = pid_t()
        let result = posix_spawn(&process, words[0], nil, nil, &arguments, environ)
        var status: Int32 = 0
        guard result == 0, waitpid(process, &status, 0) == process else {
          continuation.resume(throwing: POSIXError(POSIXErrorCode(rawValue: result) ?? .ECHILD))
          return
        }
        continuation.resume(returning: status >> 8 & 0xFF)
      }
    }
  }
}

/// Gives a suite one BIND for all its tests.
struct BindBedTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let bed = try await BindBed.start()
    do {
      try await BindBed.$current.withValue(bed) { try await function() }
    } catch {
      try await bed.stop()
      throw error
    }
    try await bed.stop()
  }
}
