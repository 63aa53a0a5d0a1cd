/// A host, by name or address, and a port.
package struct HostAndPort: Hashable, Sendable {
  /// Without brackets.
  package var host: String
  package var port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port`, `[v6]:port`, and either without its port where there is a default; nil for anything else.
  package init?(_ text: String, defaultPort: Int?) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "@") })
    else { return nil }
    let host: Substring
    var rest: Substring
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<close]
      rest = text[text.index(after: close)...]
      guard host.contains(":") else { return nil }
    } else {
      let colon = text.firstIndex(of: ":") ?? text.endIndex
      host = text[..<colon]
      rest = text[colon...]
    }
    guard !host.isEmpty, !host.contains("["), !host.contains("]") else { return nil }
    if rest.isEmpty, let defaultPort {
      self.init(host: String(host), port: defaultPort)
      return
    }
    guard rest.first == ":" else { return nil }
    rest = rest.dropFirst()
    guard rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(rest), (0...65_535).contains(port) else {
      return nil
    }
    self.init(host: String(host), port: port)
  }
}

extension HostAndPort: CustomStringConvertible {
  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
