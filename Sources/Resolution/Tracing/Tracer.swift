package import DNS
package import Federation

/// Follows a name through its CNAMEs to addresses, hop by hop, asking every given server at every hop.
///
/// Hops follow one another, the servers of a hop are asked in parallel. A server that did not answer at one hop is not
/// asked at later ones, so that a dead one costs its own timeout once (rule break-glass).
package struct Tracer<Timer: Clock>: Sendable where Timer.Duration == Duration {
  private let servers: [ServerAddress]
  private let elsewhere: [DomainName: [ServerAddress]]
  private let questions: any Querying
  private let flags: MessageFlags
  private let clock: Timer

  /// - Parameters:
  ///   - servers: those to compare, in the order in which they are shown; where they differ the first one leads.
  ///   - elsewhere: the servers of other zones that names may lie in.
  ///   - flags: ``MessageFlags/recursionDesired`` where they are resolvers, none where they are authoritative.
  ///   - clock: measures how long answers take.
  package init(
    servers: [ServerAddress], elsewhere: [DomainName: [ServerAddress]] = [:], questions: any Querying,
    flags: MessageFlags, clock: Timer
  ) {
    self.servers = servers
    self.elsewhere = elsewhere
    self.questions = questions
    self.flags = flags
    self.clock = clock
  }

  /// Walks from `name` until there are addresses, nothing, a loop, more hops than resolvers follow, or no answer.
  ///
  /// - Parameter type: ``Federation/RecordType/a`` or ``Federation/RecordType/aaaa``.
  package func trace(_ name: DomainName, _ type: RecordType) async -> Trace {
    var walk = TraceWalk(name, type)
    var silent: Set<String> = []
    while walk.outcome == nil {
      let answers = await ask(walk.current, type, at: servers(of: walk.current), except: silent)
      for answer in answers where answer.isSilent { silent.insert(answer.answer.server) }
      walk.take(answers.map(\.answer))
    }
    return walk.trace
  }

  /// The servers of the zone that a name lies in.
  private func servers(of name: DomainName) -> [ServerAddress] {
    let zone = elsewhere.keys.filter { name.isSubdomain(of: $0) }.max { $0.text.utf8.count < $1.text.utf8.count }
    return zone.flatMap { elsewhere[$0] } ?? servers
  }

  private struct Asked: Sendable {
    var answer: ServerAnswer
    /// Nothing came from the server at all.
    var isSilent = false
  }

  private func ask(
    _ name: DomainName, _ type: RecordType, at servers: [ServerAddress], except silent: Set<String>
  ) async -> [Asked] {
    await withTaskGroup(of: (Int, Asked).self) { group in
      for (index, server) in servers.enumerated() where !silent.contains(server.description) {
        group.addTask { (index, await ask(name, type, server)) }
      }
      var answers = servers.map { server in
        Asked(
          answer: ServerAnswer(
            server: server.description, content: .failure("not asked again: it did not answer before"), ttl: 0,
            latency: .zero))
      }
      for await (index, asked) in group { answers[index] = asked }
      return answers
    }
  }

  private func ask(_ name: DomainName, _ type: RecordType, _ server: ServerAddress) async -> Asked {
    let start = clock.now
    do throws(DNSError) {
      let question = Question(name: name, type: ResourceType(type))
      let reply = try await questions.query(question, at: server, flags: flags)
      let (content, ttl) = ServerAnswer.Content.read(reply.message, at: name, type)
      return Asked(
        answer: ServerAnswer(
          server: server.description, content: content, ttl: ttl, latency: start.duration(to: clock.now)))
    } catch {
      return Asked(
        answer: ServerAnswer(
          server: server.description, content: .failure(error.description), ttl: 0,
          latency: start.duration(to: clock.now)),
        isSilent: error.code == .timedOut || error.code == .unreachable)
    }
  }
}
