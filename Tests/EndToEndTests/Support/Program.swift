import Dispatch
import Glibc

/// A program under test, started by its path, its output kept in a file, ended by its process id.
final class Program: Sendable {
  let pid: pid_t
  let outputPath: String

  /// Starts a program; standard output and error go to one file.
  init(_ arguments: [String], environment: [String: String] = [:], output: String) throws {
    outputPath = output
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Worker threads block signals, and a child inherits that: tmux, for one, would never see its children end.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var merged: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee.map({ String(cString: $0) }) {
      if let equals = text.firstIndex(of: "=") {
        merged[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      entry += 1
    }
    // What a program remembers must not pass from one test to the next, nor from whoever runs them.
    merged["XDG_STATE_HOME"] = output + ".state"
    merged.merge(environment) { $1 }
    var started: pid_t = 0
    let status = Self.withCStrings(arguments) { argv in
      Self.withCStrings(merged.map { "\($0.key)=\($0.value)" }) { envp in
        posix_spawnp(&started, arguments[0], &actions, &attributes, argv, envp)
      }
    }
    guard status == 0 else { throw ProgramError("cannot start \(arguments[0]): \(String(cString: strerror(status)))") }
    pid = started
  }

  /// Everything printed until now.
  var output: String { (try? String(contentsOfFileAt: outputPath)) ?? "" }

  func signal(_ number: Int32) { kill(pid, number) }

  /// Waits for the end; the exit code, or 128 + signal.
  func wait() async -> Int32 {
    let pid = pid
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async { @Sendable in
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        continuation.resume(returning: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F)
      }
    }
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { pointers.forEach { free($0) } }
    return pointers.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("an array with its terminator is never empty") }
      return body(base)
    }
  }
}

struct ProgramError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension String {
  /// Reads a whole file.
  init(contentsOfFileAt path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw ProgramError("cannot read \(path)") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    self = String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a whole file.
  func write(toFileAt path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw ProgramError("cannot write \(path)") }
    defer { close(descriptor) }
    let bytes = Array(utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw ProgramError("cannot write \(path)") }
  }
}
