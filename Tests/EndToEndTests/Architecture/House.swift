/// The floors of the house and the arrows between them, as ARCHITECTURE.md draws them.
enum House {
  /// What each target may import of ours. A target that is not named here has no place yet.
  static let arrows: [String: Set<String>] = [
    "Federation": [],
    "JSON": [],
    "Documents": [],
    "Cryptography": [],
    "Terminal": [],
    "HTTPTransport": [],
    "DNS": ["Federation", "Cryptography"],
    "Kubernetes": ["Federation", "JSON", "Documents", "HTTPTransport"],
    "DNSProviders": ["Federation", "DNS", "JSON", "HTTPTransport", "Cryptography"],
    "Resolution": ["Federation", "DNS"],
    "NameServer": ["Federation", "DNS", "DNSProviders"],
    "APIServer": ["JSON", "Documents", "Cryptography"],
    "Telemetry": [],
    "Observations": ["Federation", "Documents", "JSON"],
    "Control": ["Federation", "Documents", "JSON", "DNS", "Kubernetes", "DNSProviders", "Resolution"],
    "Journal": ["Control", "Federation", "JSON", "Resolution"],
    "Dashboard": ["Terminal", "Journal", "Control", "Federation", "Documents", "Resolution"],
    "Fleet": ["Federation", "Control", "Resolution"],
    "Simulation": ["Federation", "JSON", "Documents", "APIServer", "NameServer", "DNS"],
    "zonetop": [
      "Dashboard", "Journal", "Simulation", "Fleet", "Control", "Observations", "NameServer", "Terminal",
      "DNSProviders", "Resolution", "Kubernetes", "Documents", "JSON", "Federation", "HTTPTransport", "DNS",
      "APIServer", "Telemetry", "Cryptography",
    ],
    "zonetop-bench": [
      "Dashboard", "Fleet", "Control", "DNSProviders", "Kubernetes", "HTTPTransport", "JSON", "Federation", "DNS",
      "Resolution", "Terminal",
    ],
  ]

  /// Who alone may import a C library or a library of others. NIO carries both halves of DNS.
  static let owners: [String: Set<String>] = [
    "CCurl": ["HTTPTransport"],
    "CCrypto": ["Cryptography"],
    "CNcurses": ["Terminal"],
    "Yams": ["Documents"],
    "Subprocess": ["Kubernetes"],
    "XMLCoder": ["DNSProviders"],
    "Hummingbird": ["APIServer", "Telemetry"],
    "HummingbirdCore": ["APIServer"],
    "ServiceLifecycle": ["APIServer"],
    "NIOHTTPTypes": ["APIServer"],
    "NIOSSL": ["APIServer"],
    "GRDB": ["APIServer"],
    "HTTPTypes": ["APIServer", "Telemetry"],
    "ArgumentParser": ["zonetop"],
    "NIOCore": ["DNS", "NameServer", "APIServer"],
    // Simulation writes its two files on a pool of blocking threads.
    "NIOPosix": ["DNS", "NameServer", "Simulation"],
  ]

  /// Modules that anyone may use: the standard library's own and the logging facade.
  static let commons: Set<String> = ["Swift", "Synchronization", "Glibc", "Darwin", "Dispatch", "Logging"]

  /// Modules of Foundation, which cost start-up time and memory.
  static let foundation: Set<String> = ["Foundation", "FoundationEssentials", "FoundationInternationalization"]
  static let withoutFoundation: Set<String> = [
    "Federation", "JSON", "DNS", "Terminal", "Journal", "Dashboard", "HTTPTransport",
  ]

  /// What is wrong with one import; nil where nothing is.
  static func objection(to module: String, in target: String) -> String? {
    guard let allowed = arrows[target] else { return "\(target) has no place in the house; give it one in House.swift" }
    if let users = owners[module] {
      return users.contains(target) ? nil : "\(target) imports \(module), which only \(users.sorted()) may"
    }
    if foundation.contains(module) {
      return withoutFoundation.contains(target) ? "\(target) imports \(module) and has to do without" : nil
    }
    if arrows[module] != nil {
      return allowed.contains(module) ? nil : "\(target) imports \(module), to which no arrow leads"
    }
    return commons.contains(module) ? nil : "\(target) imports \(module), which nobody has let in"
  }

  /// The modules that a source file imports (`@testable package import struct A.B` → `A`).
  static func imports(in source: String) -> [String] {
    source.split(whereSeparator: \.isNewline).compactMap { line in
      var words = line.prefix { $0 != "/" && $0 != ";" }.split(whereSeparator: \.isWhitespace)
      while let word = words.first, word.hasPrefix("@") || Self.accessLevels.contains(String(word)) {
        words.removeFirst()
      }
      guard words.first == "import", words.count > 1 else { return nil }
      words.removeFirst()
      if Self.kinds.contains(String(words[0])), words.count > 1 { words.removeFirst() }
      return words[0].split(separator: ".").first.map(String.init)
    }
  }

  private static let accessLevels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
  private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
}
