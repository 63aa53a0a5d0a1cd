import Federation
import Glibc

/// The wall clock: the only place that reads it.
enum SystemClock {
  @Sendable static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}

/// Who this is, as other people should see it.
enum SystemIdentity {
  /// `host/process`: the writer of ownership marks.
  static var process: String { "\(host)/\(getpid())" }

  /// ``process`` with a part that no other process has, on whatever host of the same name: who holds the lease.
  static var unique: String { "\(process)_\(String(UInt64.random(in: .min ... .max), radix: 36))" }

  /// `user@host`: who gives orders.
  static var person: String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 4096)
    let status = getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found)
    let name = status == 0 && found != nil ? String(cString: entry.pw_name) : "uid-\(getuid())"
    return cleanLine("\(name)@\(host)")
  }

  /// This machine's name.
  static var host: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown-host" }
    return cleanLine(String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}

/// Whether there is a person at the other end.
enum Terminals {
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }
}

/// The environment.
enum Environment {
  static subscript(name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// All of it.
  static var all: [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee.map({ String(cString: $0) }) {
      if let equals = text.firstIndex(of: "=") {
        result[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      entry += 1
    }
    return result
  }

  static var home: String { Self["HOME"] ?? "/" }
}
