import NIOCore

extension SocketAddress {
  /// Whether it lies in 127.0.0.0/8 or is ::1, also as an IPv4 address within IPv6.
  var isLoopback: Bool {
    guard let text = ipAddress else { return false }
    return text == "::1" || text.hasPrefix("127.") || text.hasPrefix("::ffff:127.")
  }
}
