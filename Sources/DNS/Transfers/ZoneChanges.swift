package import Federation

/// What has become of a zone since a version that is known (IXFR, RFC 1995).
package enum ZoneChanges: Sendable {
  /// The server holds the known version.
  case unchanged
  /// The server holds an older version than the known one: it was set back, and what is known is worth nothing.
  case older
  /// What went and what came, one step after the other, up to the version that the server holds.
  case steps([ZoneStep], StartOfAuthority)
  /// The whole zone, since the server does not know the way from the known version to its own.
  case whole(ZoneTransfer)
}

/// The way from one version of a zone to the next, without the SOA records.
package struct ZoneStep: Hashable, Sendable {
  package var removed: [ResourceRecord] = []
  package var added: [ResourceRecord] = []
}

extension StartOfAuthority {
  /// Whether this version is newer than another, by serial number arithmetic (RFC 1982).
  package func isNewer(than other: StartOfAuthority) -> Bool {
    let distance = serial &- other.serial
    return distance != 0 && distance < 1 << 31
  }
}

extension DNSClient {
  /// Asks over TCP what has changed in a zone since a known version, or for nothing of it (rule whole-reads).
  ///
  /// A server that knows no IXFR answers an error, with which a whole ``zoneTransfer(_:from:key:)`` may still succeed.
  /// Cost: one connection; one small answer when nothing has changed.
  ///
  /// - Parameters:
  ///   - known: the SOA of the version that is known, as the server gave it.
  ///   - key: signs the request; the answer must then be signed like that of a whole transfer.
  package func zoneChanges(
    _ zone: DomainName, since known: StartOfAuthority, from server: ServerAddress, key: TransactionKey?
  ) async throws(DNSError) -> ZoneChanges {
    let clock = ContinuousClock()
    let start = clock.now
    let connection = try await connect(to: server)
    var assembly = ChangesAssembly(zone: zone, known: known, server: server)
    var query = Message.query(Question(name: zone, type: .ixfr), id: 0, flags: [], edns: nil)
    query.authorities = [ResourceRecord(name: zone, ttl: 0, data: .soa(known))]
    do throws(DNSError) {
      try await connection.stream(query, key: key) { (message) throws(DNSError) in
        try assembly.add(message) ? .done : .more
      }
      await connection.close()
      let changes = try assembly.finish()
      guard case .whole(var transfer) = changes else { return changes }
      transfer.latency = clock.now - start
      return .whole(transfer)
    } catch {
      await connection.close()
      if error.code == .closed, assembly.hasBegun { throw assembly.cutShort }
      throw error
    }
  }
}
