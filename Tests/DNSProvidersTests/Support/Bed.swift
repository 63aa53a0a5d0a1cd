import DNS
import Dispatch
import Foundation
import Testing

/// A real server on loopback, started by `Tests/Beds/NAME start DIR` and ended by `Tests/Beds/NAME stop DIR`.
///
/// The script writes `DIR/env`: lines `KEY=VALUE` that say how to reach it.
struct Bed: Sendable {
  let settings: [String: String]
  private let script: String
  private let directory: String

  /// The one that the running suite has.
  @TaskLocal static var current: Bed?

  private static let folder = URL(filePath: #filePath).appending(path: "../../../Beds").standardizedFileURL.path

  /// Whether all of these programs are there.
  static func has(_ programs: String...) -> Bool {
    let folders =
      ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return programs.allSatisfy { program in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
  }

  /// Whether `Tests/Beds/python-tools` has been run, as `make beds` does.
  static var hasPythonTools: Bool {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
    return FileManager.default.fileExists(atPath: "\(cache)/zonetop-beds/python/.installed")
  }

  static func start(_ name: String) async throws -> Bed {
    let script = "\(folder)/\(name)"
    let directory = FileManager.default.temporaryDirectory.appending(path: "zonetop-\(name)-\(UUID().uuidString)").path
    try #require(await run(script, "start", directory) == 0, "the bed \(name) did not start")
    var settings: [String: String] = [:]
    for line in try String(contentsOfFile: "\(directory)/env", encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { settings[String(parts[0])] = String(parts[1]) }
    }
    return Bed(settings: settings, script: script, directory: directory)
  }

  func stop() async throws {
    _ = try await Self.run(script, "stop", directory)
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// A setting that the script wrote.
  subscript(key: String) -> String { settings[key] ?? "" }

  /// ADDRESS and the port under a key, as the place of a name server.
  func server(port key: String = "PORT") throws -> ServerAddress {
    try #require(ServerAddress("127.0.0.1:\(self[key])"))
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

/// Gives a suite one bed for all its tests, as ``Bed/current``.
struct BedTrait: SuiteTrait, TestScoping {
  let name: String

  init(_ name: String) { self.name = name }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let bed = try await Bed.start(name)
    do {
      try await Bed.$current.withValue(bed) { try await function() }
    } catch {
      try await bed.stop()
      throw error
    }
    try await bed.stop()
  }
}
