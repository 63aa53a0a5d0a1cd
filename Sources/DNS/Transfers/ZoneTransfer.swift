package import Federation

/// A whole zone as a server sent it (AXFR, RFC 5936).
package struct ZoneTransfer: Sendable {
  package var zone: DomainName
  package var startOfAuthority: StartOfAuthority
  /// Every record once, in the server's order, the SOA first.
  package var records: [ResourceRecord]
  /// The number of messages it came in.
  package var messageCount: Int
  package var latency: Duration
}

extension DNSClient {
  /// Reads a whole zone over TCP, or nothing of it (rule whole-reads).
  ///
  /// A transfer that is refused, cut short, silent for too long, badly signed or that does not end with the zone's own
  /// SOA is an error. Cost: one connection; memory for all records.
  ///
  /// - Parameter key: signs the request; then every message, or at least every hundredth and the last, must be signed.
  package func zoneTransfer(
    _ zone: DomainName, from server: ServerAddress, key: TransactionKey?
  ) async throws(DNSError) -> ZoneTransfer {
    let clock = ContinuousClock()
    let start = clock.now
    let connection = try await connect(to: server)
    var assembly = ZoneAssembly(zone: zone, server: server)
    let query = Message.query(Question(name: zone, type: .axfr), id: 0, flags: [], edns: nil)
    do throws(DNSError) {
      try await connection.stream(query, key: key) { (message) throws(DNSError) in
        try assembly.add(message) ? .done : .more
      }
      await connection.close()
      var transfer = try assembly.finish()
      transfer.latency = clock.now - start
      return transfer
    } catch {
      await connection.close()
      if error.code == .closed, assembly.hasBegun { throw assembly.cutShort }
      throw error
    }
  }
}
