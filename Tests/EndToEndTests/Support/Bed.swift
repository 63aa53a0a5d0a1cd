import Glibc

/// A real server started by one of the scripts in `Tests/Beds`, in a folder of its own.
struct Bed {
  let script: String
  let folder: TemporaryFolder
  /// What the script wrote into `env`: KEY=VALUE lines.
  let environment: [String: String]

  /// Starts the bed; nil, with the script's one line, when it cannot be had on this machine.
  ///
  /// - Parameter space: the network namespace that it lives in; nil for the one that the tests run in.
  static func start(_ script: String, _ arguments: [String] = [], in space: NetworkNamespace? = nil) async throws
    -> Bed?
  {
    let folder = try TemporaryFolder()
    let result = try await Tools.run(
      (space?.prefix ?? []) + ["Tests/Beds/\(script)", "start"] + arguments + [folder.path])
    if result.code == 77 {
      print("skipped: \(result.output)", terminator: "")
      folder.remove()
      return nil
    }
    guard result.code == 0 else { throw ProgramError("\(script): \(result.output)") }
    var environment: [String: String] = [:]
    for line in ((try? String(contentsOfFileAt: folder.path + "/env")) ?? "").split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      environment[String(line[..<equals])] = String(line[line.index(after: equals)...])
    }
    return Bed(script: script, folder: folder, environment: environment)
  }

  func call(_ arguments: String...) async throws {
    let result = try await Tools.run(["Tests/Beds/\(script)"] + arguments + [folder.path])
    guard result.code == 0 else { throw ProgramError("\(script): \(result.output)") }
  }

  func stop() async {
    _ = try? await Tools.run(["Tests/Beds/\(script)", "stop", folder.path])
    folder.remove()
  }
}
