package import DNS
package import Federation

/// Finds the servers that the world asks for a zone, for a configuration that names none.
package enum AuthoritativeServers {
  /// Asks for the zone's NS records and their addresses; port 53 throughout.
  ///
  /// - Parameters:
  ///   - servers: those to ask, in this order: the zone's own, or resolvers.
  ///   - flags: `recursionDesired` for resolvers.
  /// - Throws: ``ProviderError`` when there are none, or one has no address in the zone: read-back must not leave out a
  ///   server in silence.
  package static func find(
    for zone: DomainName, asking servers: [ServerAddress], flags: MessageFlags = [],
    questions: any Querying
  ) async throws(ProviderError) -> [ServerAddress] {
    var failure = ProviderError(.unreachable, "no server is configured for \(zone): name one")
    for server in servers {
      do throws(ProviderError) {
        let targets = try await answers(zone, .ns, server, flags, questions).compactMap { data in
          if case .ns(let target) = data { target } else { nil }
        }
        guard !targets.isEmpty else {
          throw ProviderError(
            .incomplete, "\(server) knows no NS records of \(zone): list its servers under dns.nameServers")
        }
        var found: [ServerAddress] = []
        for target in targets.sorted() { found += try await addresses(of: target, server, flags, questions) }
        return found
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private static func addresses(
    of target: DomainName, _ server: ServerAddress, _ flags: MessageFlags, _ questions: any Querying
  ) async throws(ProviderError) -> [ServerAddress] {
    var found: [ServerAddress] = []
    for type in [ResourceType.a, .aaaa] {
      for case .address(let address) in try await answers(target, type, server, flags, questions) {
        found.append(ServerAddress(address: address, port: 53))
      }
    }
    guard found.isEmpty else { return found.sorted { $0.address < $1.address } }
    throw ProviderError(
      .incomplete, "\(server) knows no address of the name server \(target): list the servers under dns.nameServers")
  }

  private static func answers(
    _ name: DomainName, _ type: ResourceType, _ server: ServerAddress, _ flags: MessageFlags, _ questions: any Querying
  ) async throws(ProviderError) -> [RecordData] {
    do throws(DNSError) {
      let message = try await questions.query(Question(name: name, type: type), at: server, flags: flags).message
      return message.answers.filter { $0.name == name }.map(\.data)
    } catch {
      throw ProviderError(error)
    }
  }
}
