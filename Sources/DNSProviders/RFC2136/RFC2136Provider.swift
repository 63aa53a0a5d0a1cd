package import DNS
package import Federation

/// The provider for servers that take updates as RFC 2136 describes them: BIND, Knot, PowerDNS and others.
///
/// Reads are zone transfers (what has changed where the server can tell, else the whole zone) or questions that only an
/// authoritative answer answers; a commit is one UPDATE message over TCP, signed when there is a key, which happens
/// whole or not at all.
///
/// Several servers are several doors to the same zone, all of them primaries: the next one is tried when one cannot be
/// reached, and never when a server might have acted already. A hidden primary, which no NS record names, is given here
/// like any other; ``ReadBack`` asks the servers that the world asks.
package struct RFC2136Provider: DNSProvider {
  package let kind = "rfc2136"
  package let fence = Fence.transaction
  package let zone: DomainName
  private let federation: Federation
  private let servers: [ServerAddress]
  private let key: TransactionKey?
  private let client: DNSClient
  /// Shared by all copies of this value.
  let copies = ZoneCopies()

  /// What a signature adds at most: two names, a SHA-512 code and the fixed fields.
  private static let signatureBytes = 640

  /// - Parameters:
  ///   - servers: primaries of the zone, tried in this order; at least one.
  ///   - key: signs transfers and updates; nil where the server trusts addresses.
  ///   - client: its clock dates the signatures.
  package init(
    zone: DomainName, federation: Federation, servers: [ServerAddress], key: TransactionKey?, client: DNSClient
  ) {
    self.zone = zone
    self.federation = federation
    self.servers = servers
    self.key = key
    self.client = client
  }

  package func readZone() async throws(ProviderError) -> ZoneContents {
    try await firstReachable { (server) throws(ProviderError) in
      do throws(DNSError) { return try await copies.read(zone, from: server, key: key, client) } catch {
        throw ProviderError(error)
      }
    }
  }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    let markName = try OwnershipMark.place(of: service, in: federation)
    return try await firstReachable { (server) throws(ProviderError) in
      ZoneContents(try await client.held(names + [markName], at: server))
    }
  }

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    let transaction = try Transaction(batch)
    let message = Message.update(zone: zone, transaction, id: 0)
    try checkSize(of: message, batch)
    var failures: [String] = []
    for server in servers {
      let connection: DNSConnection
      do throws(DNSError) { connection = try await client.connect(to: server) } catch {
        failures.append(error.description)
        continue
      }
      let reply: Result<DNSReply, DNSError>
      do throws(DNSError) { reply = .success(try await connection.exchange(message, key: key)) } catch {
        reply = .failure(error)
      }
      await connection.close()
      await copies.sentCommit()
      try await judge(reply, transaction, server)
      return nil
    }
    throw unreachable(failures)
  }

  private func judge(
    _ reply: Result<DNSReply, DNSError>, _ transaction: Transaction, _ server: ServerAddress
  ) async throws(ProviderError) {
    switch reply {
    case .failure(let error):
      var failure = ProviderError(error)
      if failure.code == .unreachable {
        failure.description += "; the update may have been applied all the same: read again before the next"
      }
      throw failure
    case .success(let reply):
      guard
        let failure = ProviderError(
          updateAnswer: reply.message.responseCode, zone: zone, server: server)
      else { return }
      throw failure.code == .fenced ? await explained(failure, transaction, at: server) : failure
    }
  }

  /// A server says only that some prerequisite failed: reading the names tells a person which.
  private func explained(
    _ failure: ProviderError, _ transaction: Transaction, at server: ServerAddress
  ) async -> ProviderError {
    guard let held = try? await client.held(transaction.pins.map(\.name), at: server) else { return failure }
    let byName = Dictionary(grouping: held, by: \.name)
    return transaction.violation { byName[$0] ?? [] } ?? failure
  }

  private func checkSize(of message: Message, _ batch: Batch) throws(ProviderError) {
    let size = (try? message.encoded().count) ?? .max
    guard size > Message.mostBytes - Self.signatureBytes else { return }
    throw ProviderError(
      .refused,
      "\(batch.service) has \(batch.changes.count) changes, more than the 65,535 bytes of one update hold; an update is all or nothing: give the service fewer zones"
    )
  }

  /// Reads at the first server that can be reached.
  private func firstReachable<Answer: Sendable>(
    _ read: (ServerAddress) async throws(ProviderError) -> Answer
  ) async throws(ProviderError) -> Answer {
    var failures: [String] = []
    for server in servers {
      do throws(ProviderError) { return try await read(server) } catch {
        guard error.code == .unreachable else { throw error }
        failures.append(error.description)
      }
    }
    throw unreachable(failures)
  }

  private func unreachable(_ failures: [String]) -> ProviderError {
    ProviderError(
      .unreachable,
      failures.isEmpty ? "no server is configured for \(zone): name one" : failures.joined(separator: "; "))
  }
}
