package import DNS
package import Federation

/// Follows a name through its CNAMEs to addresses, hop by hop, asking every given server at every hop.
///
/// Hops follow one another, the servers of a hop are asked in parallel. A server that did not answer at one hop is not
/// asked at later ones, so that a dead one costs its own timeout once (rule break-glass).
package struct Tracer<Timer: Clock>: Sendable where Timer.Duration == Duration {
  private let servers: [ServerAddress]
  private let questions: any Querying
  private let flags: MessageFlags
  private let clock: Timer

  /// - Parameters:
  ///   - servers: those to compare, in the order in which they are shown; where they differ the first one leads.
  ///   - flags: ``MessageFlags/recursionDesired`` where they are resolvers, none where they are authoritative.
  ///   - clock: measures how long answers take.
  package init(servers: [ServerAddress], questions: any Querying, flags: MessageFlags, clock: Timer) {
    self.servers = servers
    self.questions = questions
    self.flags = flags
    self.clock = clock
  }

  /// Walks from `name` until there are addresses, nothing, a loop, more hops than resolvers follow, or no answer.
  ///
  /// - Parameter type: ``Federation/RecordType/a`` or ``Federation/RecordType/aaaa``.
  package func trace(_ name: DomainName, _ type: RecordType) async -> Trace {
    var walk = TraceWalk(name, type)
    var silent: Set<Int> = []
    while walk.outcome == nil {
      let answers = await ask(walk.current, type, except: silent)
      for (index, answer) in answers.enumerated() where answer.isSilent { silent.insert(index) }
      walk.take(answers.map(\.answer))
    }
    return walk.trace
  }

  private struct Asked: Sendable {
    var answer: ServerAnswer
    /// Nothing came from the server at all.
    var isSilent = false
  }

  private func ask(_ name: DomainName, _ type: RecordType, except silent: Set<Int>) async -> [Asked] {
    await withTaskGroup(of: (Int, Asked).self) { group in
      for (index, server) in servers.enumerated() where !silent.contains(index) {
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
