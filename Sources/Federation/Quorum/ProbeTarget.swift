/// One address of a service and how to find out, past every API, whether something answers there.
package struct ProbeTarget: Hashable, Comparable, Sendable {
  /// In canonical form.
  package var address: String
  package var port: UInt16
  package var method: ProbeMethod

  package init(address: String, port: UInt16, method: ProbeMethod) {
    self.address = address
    self.port = port
    self.method = method
  }

  package static func < (left: ProbeTarget, right: ProbeTarget) -> Bool {
    (left.address, left.port, left.method.description) < (right.address, right.port, right.method.description)
  }
}

/// How an address is probed: the annotation `federation.zonetop.dev/probe` of a service says it.
package enum ProbeMethod: Hashable, Sendable {
  /// A TCP connection is accepted.
  case tcp
  /// GET answers with a status in the range.
  case http(path: String, statuses: ClosedRange<Int>, isSecure: Bool)
}

/// What a service says about probing: how, and at which port unless its own first one.
package struct ServiceProbe: Hashable, Sendable {
  package var method: ProbeMethod
  /// Nil takes the service's first TCP port.
  package var port: UInt16?

  package static let tcp = ServiceProbe(method: .tcp, port: nil)

  package init(method: ProbeMethod, port: UInt16?) {
    self.method = method
    self.port = port
  }
}

extension ServiceProbe {
  /// Reads `tcp`, `tcp:8443`, `http:/healthz`, `https:8443/healthz`, `http:/healthz=204` or `http:/healthz=200-299`.
  ///
  /// A GET without statuses takes 200 to 399 for an answer. Nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = String(text).split(separator: ":" as Character, maxSplits: 1, omittingEmptySubsequences: false)
    guard text.utf8.count <= 512, let scheme = parts.first else { return nil }
    let rest = parts.count == 2 ? parts[1] : ""
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let port = digits.isEmpty ? nil : UInt16(digits)
    guard digits.isEmpty || (port ?? 0) > 0 else { return nil }
    let path = rest.dropFirst(digits.count)
    switch scheme {
    case "tcp":
      guard path.isEmpty, parts.count == 1 || port != nil else { return nil }
      self.init(method: .tcp, port: port)
    case "http", "https":
      guard path.isEmpty || path.hasPrefix("/"), path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        return nil
      }
      var statuses = 200...399
      var place = path
      if let equals = path.lastIndex(of: "=") {
        guard let range = Self.statuses(path[path.index(after: equals)...]) else { return nil }
        statuses = range
        place = path[..<equals]
      }
      self.init(
        method: .http(path: place.isEmpty ? "/" : String(place), statuses: statuses, isSecure: scheme == "https"),
        port: port)
    default: return nil
    }
  }

  private static func statuses(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-" as Character, omittingEmptySubsequences: false).map { Int($0) }
    guard let first = ends.first, let low = first, (100...599).contains(low) else { return nil }
    guard ends.count == 2 else { return ends.count == 1 ? low...low : nil }
    guard let high = ends[1], high >= low, high <= 599 else { return nil }
    return low...high
  }
}

extension ProbeMethod: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tcp: "tcp"
    case .http(let path, let statuses, let isSecure):
      "\(isSecure ? "https" : "http"):\(path)=\(statuses.lowerBound)-\(statuses.upperBound)"
    }
  }
}
