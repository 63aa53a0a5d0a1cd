package import DNS
package import Federation

/// What name servers answer for record sets, each asked for itself.
package struct ServedSets: Sendable {
  private let servers: [ServerAddress]
  private let questions: any Querying

  /// Questions under way at once.
  private static let width = 32

  package init(servers: [ServerAddress], questions: any Querying) {
    self.servers = servers
    self.questions = questions
  }

  /// One server's answer.
  package struct Answer: Hashable, Sendable {
    package var server: ServerAddress
    /// The set that it serves; nil where it serves none, or did not answer.
    package var set: RecordSet?
    /// Why there is no answer, one line.
    package var trouble: String?

    package init(server: ServerAddress, set: RecordSet? = nil, trouble: String? = nil) {
      self.server = server
      self.set = set
      self.trouble = trouble
    }
  }

  /// Asks every server for every set.
  ///
  /// - Returns: the answers by set, in the servers' order. Cost: a question for each server and set.
  package func ask(_ keys: [RecordKey]) async -> [RecordKey: [Answer]] {
    var waiting = keys.flatMap { key in servers.indices.map { (key, $0) } }[...]
    var found: [RecordKey: [Int: Answer]] = [:]
    await withTaskGroup(of: (RecordKey, Int, Answer).self) { group in
      func next() {
        guard let (key, index) = waiting.popFirst() else { return }
        group.addTask { (key, index, await self.answer(key, servers[index])) }
      }
      for _ in 0..<Self.width { next() }
      for await (key, index, answer) in group {
        found[key, default: [:]][index] = answer
        next()
      }
    }
    return found.mapValues { answers in answers.sorted { $0.key < $1.key }.map(\.value) }
  }

  private func answer(_ key: RecordKey, _ server: ServerAddress) async -> Answer {
    do throws(DNSError) {
      let question = Question(name: key.name, type: ResourceType(key.type))
      let message = try await questions.query(question, at: server, flags: []).message
      guard message.responseCode == .noError || message.responseCode == .nameError else {
        return Answer(server: server, trouble: "\(message.responseCode)")
      }
      let sets = HeldRecordSet.sets(of: message.answers.filter { $0.name == key.name })
      return Answer(server: server, set: sets.first { $0.key == key }.map { RecordSet($0) })
    } catch {
      return Answer(server: server, trouble: error.description)
    }
  }
}
