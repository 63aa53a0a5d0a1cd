package import Federation

/// Where a name server listens.
package struct ServerAddress: Hashable, Sendable {
  package var address: IPAddress
  package var port: UInt16

  package init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// Reads `127.0.0.1:5311`, `[::1]:53`, or an address alone, which means port 53; nil for names and anything else.
  package init?(_ text: some StringProtocol) {
    var host = String(text)
    var port: UInt16 = 53
    if let bracket = host.lastIndex(of: "]"), host.first == "[" {
      let rest = host[host.index(after: bracket)...]
      if !rest.isEmpty {
        guard rest.first == ":", let number = Self.port(rest.dropFirst()) else { return nil }
        port = number
      }
      host = String(host[host.index(after: host.startIndex)..<bracket])
      guard host.contains(":") else { return nil }
    } else if let colon = host.firstIndex(of: ":"), colon == host.lastIndex(of: ":") {
      guard let number = Self.port(host[host.index(after: colon)...]) else { return nil }
      port = number
      host = String(host[..<colon])
    }
    guard let address = IPAddress(host) else { return nil }
    self.init(address: address, port: port)
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let port = UInt16(text),
      port > 0
    else { return nil }
    return port
  }
}

extension ServerAddress: CustomStringConvertible {
  /// `127.0.0.1:53` or `[::1]:53`.
  package var description: String { address.isV4 ? "\(address):\(port)" : "[\(address)]:\(port)" }
}
