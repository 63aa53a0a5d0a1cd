import DNS
import Federation

/// Reads a zone whole, and after that only what has changed since, from each of its servers by itself.
///
/// A server's serial is taken for its word that nothing has changed, but not for ever, and not once after a commit of
/// our own: a server may put off the new serial for a while (RFC 2136 section 3.7), and some are edited past their
/// serial (PowerDNS, in its database). So after five minutes the zone is read whole again.
actor ZoneCopies {
  /// How long a copy is brought up to date before the zone is read whole again.
  static let trust: Duration = .seconds(300)

  private var copies: [ServerAddress: ZoneCopy] = [:]
  private var commits = 0
  /// How the reads were answered.
  private(set) var tally = Tally()

  struct Tally: Hashable, Sendable {
    var whole = 0
    var changed = 0
    var unchanged = 0
  }

  /// A commit was sent: the next word that nothing has changed is not believed.
  func sentCommit() { commits += 1 }

  /// The zone as the server holds it now.
  func read(
    _ zone: DomainName, from server: ServerAddress, key: TransactionKey?, _ client: DNSClient
  ) async throws(DNSError) -> ZoneContents {
    let commits = commits
    if let copy = copies[server], (.zero..<Self.trust).contains(client.now() - copy.read),
      var next = try await update(copy, zone, server, key, client, isInDoubt: copy.commits != commits)
    {
      next.commits = commits
      copies[server] = next
      return next.contents
    }
    var copy = ZoneCopy(try await client.zoneTransfer(zone, from: server, key: key), at: client.now(), commits: commits)
    copy.recognize(copies[server])
    tally.whole += 1
    copies[server] = copy
    return copy.contents
  }

  /// Brings a copy up to date; nil when the zone must be read whole instead.
  private func update(
    _ copy: ZoneCopy, _ zone: DomainName, _ server: ServerAddress, _ key: TransactionKey?, _ client: DNSClient,
    isInDoubt: Bool
  ) async throws(DNSError) -> ZoneCopy? {
    var copy = copy
    let changes: ZoneChanges
    do throws(DNSError) {
      changes = try await client.zoneChanges(zone, since: copy.startOfAuthority, from: server, key: key)
    } catch {
      switch error.code {
      case .timedOut, .unreachable, .cancelled, .signature: throw error
      // A server that knows no IXFR, or has none for us, may still give the whole zone.
      case .closed, .malformed, .mismatched, .answered, .incomplete: return nil
      }
    }
    switch changes {
    case .unchanged:
      guard !isInDoubt else { return nil }
      tally.unchanged += 1
    case .older: return nil
    case .steps(let steps, let end):
      guard copy.apply(steps, reaching: end) else { return nil }
      tally.changed += 1
    case .whole(let transfer):
      let before = copy
      copy = ZoneCopy(transfer, at: client.now(), commits: copy.commits)
      copy.recognize(before)
      tally.whole += 1
    }
    return copy
  }
}
