package import DNS
package import Federation

/// How the world finds a zone: whom its parent names, whom the zone itself names, and how long a missing name is missed.
package struct ZoneDelegation: Hashable, Sendable {
  package var zone: DomainName
  /// Whom the parent zone's servers refer to: what the registrar was told. Nil where they could not be asked.
  package var delegated: [DomainName]?
  /// Whom the zone's own NS records name.
  package var own: [DomainName]
  /// Whom the provider says to delegate to; empty where it does not say.
  package var provided: [DomainName]
  /// How long resolvers may keep that a name does not exist, in seconds (RFC 2308 section 5).
  package var negativeTTL: UInt32?

  package init(
    zone: DomainName, delegated: [DomainName]?, own: [DomainName], provided: [DomainName] = [], negativeTTL: UInt32?
  ) {
    self.zone = zone
    self.delegated = delegated
    self.own = own
    self.provided = provided
    self.negativeTTL = negativeTTL
  }

  /// What is wrong with it, each one line with what to do.
  ///
  /// - Parameter ttl: the federation's TTL in seconds.
  package func findings(ttl: UInt32) -> [String] {
    var findings: [String] = []
    let truth = Set(provided.isEmpty ? own : provided)
    if let delegated {
      let lame = Set(delegated).subtracting(truth).sorted()
      let missing = truth.subtracting(delegated).sorted()
      if delegated.isEmpty {
        findings.append("the parent of \(zone) does not delegate it: give its registrar \(Self.list(truth.sorted()))")
      } else if !lame.isEmpty {
        findings.append(
          "\(zone) is delegated to \(Self.list(lame)), which the zone does not name: resolvers may ask a server that knows nothing of it"
        )
      } else if !missing.isEmpty {
        findings.append("the parent of \(zone) does not name \(Self.list(missing)): give it to the registrar")
      }
    }
    if !provided.isEmpty, Set(own) != Set(provided) {
      findings.append("the NS records of \(zone) name \(Self.list(own)), its provider \(Self.list(provided))")
    }
    if let negativeTTL, negativeTTL > ttl {
      findings.append(
        "resolvers keep for \(negativeTTL) s that a name of \(zone) is missing, longer than the records' own \(ttl) s: lower the SOA's minimum"
      )
    }
    return findings
  }

  private static func list(_ names: [DomainName]) -> String { names.map(\.text).joined(separator: ", ") }
}

extension ZoneDelegation {
  /// Asks the zone's servers, and those of the zone above it.
  ///
  /// - Parameters:
  ///   - servers: the zone's own.
  ///   - resolvers: find the servers of the zone above.
  package static func find(
    _ zone: DomainName, provided: [DomainName] = [], servers: [ServerAddress], resolvers: [ServerAddress],
    questions: any Querying
  ) async throws(ProviderError) -> ZoneDelegation {
    var failure = ProviderError(.unreachable, "no name server of \(zone) is known")
    for server in servers {
      do throws(DNSError) {
        let names = try await questions.query(Question(name: zone, type: .ns), at: server, flags: []).message
        let authority = try await questions.query(Question(name: zone, type: .soa), at: server, flags: []).message
        return ZoneDelegation(
          zone: zone, delegated: await parents(of: zone, resolvers, questions),
          own: targets(names.answers, zone), provided: provided.sorted(), negativeTTL: negativeTTL(authority))
      } catch {
        failure = ProviderError(error)
      }
    }
    throw failure
  }

  /// The referral of the zone above; nil where nobody there can be asked.
  private static func parents(
    of zone: DomainName, _ resolvers: [ServerAddress], _ questions: any Querying
  ) async -> [DomainName]? {
    var above = zone.parent
    while let parent = above, !parent.isRoot {
      let servers = try? await AuthoritativeServers.find(
        for: parent, asking: resolvers, flags: .recursionDesired, questions: questions)
      if let servers, !servers.isEmpty {
        for server in servers {
          let question = Question(name: zone, type: .ns)
          guard let message = try? await questions.query(question, at: server, flags: []).message else { continue }
          return targets(message.authorities + message.answers, zone)
        }
        return nil
      }
      above = parent.parent
    }
    return nil
  }

  private static func targets(_ records: [ResourceRecord], _ zone: DomainName) -> [DomainName] {
    let names = records.compactMap { record -> DomainName? in
      if record.name == zone, case .ns(let target) = record.data { target } else { nil }
    }
    return Set(names).sorted()
  }

  /// The lesser of the SOA's minimum and its own TTL.
  private static func negativeTTL(_ message: Message) -> UInt32? {
    for record in message.answers { if case .soa(let soa) = record.data { return min(soa.minimum, record.ttl) } }
    return nil
  }
}
