/// What a name server allows and how long it waits.
package struct NameServerOptions: Hashable, Sendable {
  /// Who may have the whole zone (AXFR).
  package var transfers: Transfers
  /// Open TCP connections; further ones are closed at once.
  package var connectionLimit: Int
  /// How long a TCP connection may lie idle, or its peer take to read what it asked for (RFC 7766 section 6.2.3).
  package var idleTimeout: Duration

  package enum Transfers: Hashable, Sendable {
    case nobody
    /// Peers on the loopback interface.
    case local
    case anyone
  }

  package static let standard = NameServerOptions(
    transfers: .local, connectionLimit: 256, idleTimeout: .seconds(20))

  package init(transfers: Transfers, connectionLimit: Int, idleTimeout: Duration) {
    self.transfers = transfers
    self.connectionLimit = connectionLimit
    self.idleTimeout = idleTimeout
  }
}
