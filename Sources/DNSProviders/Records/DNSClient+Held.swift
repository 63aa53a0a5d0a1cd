import DNS
import Federation

extension DNSClient {
  /// Questions under way at once: many enough to hide the way to the server, few enough for any server.
  private static let width = 16

  /// Reads what a server of record holds at each of the names: addresses, CNAME and TXT.
  ///
  /// A CNAME is data here and is not followed. Only authoritative answers count. Cost: one question for a name that
  /// does not exist or is a CNAME, three for others.
  func held(_ names: [DomainName], at server: ServerAddress) async throws(ProviderError) -> [HeldRecordSet] {
    let names = Set(names).sorted()
    var sets: [HeldRecordSet] = []
    do {
      try await withThrowingTaskGroup(of: [HeldRecordSet].self) { group in
        for (index, name) in names.enumerated() {
          if index >= Self.width, let next = try await group.next() { sets += next }
          group.addTask { try await self.held(at: name, server) }
        }
        for try await next in group { sets += next }
      }
    } catch let error as ProviderError {
      throw error
    } catch {
      throw ProviderError(.unreachable, "\(server): the read was cancelled")
    }
    return sets.sorted { $0.key < $1.key }
  }

  private func held(at name: DomainName, _ server: ServerAddress) async throws(ProviderError) -> [HeldRecordSet] {
    var sets: [HeldRecordSet] = []
    for type in [RecordType.a, .aaaa, .txt] {
      let message = try await authoritativeAnswer(Question(name: name, type: ResourceType(type)), server)
      // The rest of a chain in the same answer is the server's courtesy.
      sets += HeldRecordSet.sets(of: message.answers.filter { $0.name == name })
      if message.responseCode == .nameError || sets.contains(where: { $0.type == .cname }) { break }
    }
    return sets
  }

  private func authoritativeAnswer(
    _ question: Question, _ server: ServerAddress
  ) async throws(ProviderError) -> Message {
    let message: Message
    do throws(DNSError) { message = try await query(question, at: server, flags: []).message } catch {
      throw ProviderError(error)
    }
    switch message.responseCode {
    case .noError, .nameError:
      guard message.flags.contains(.authoritative) else {
        throw ProviderError(
          .incomplete, "\(server) does not speak for \(question.name) itself: name a server of the zone, not a resolver"
        )
      }
      return message
    case .refused, .notAuthoritative:
      throw ProviderError(
        .unauthorized,
        "\(server) refuses to answer for \(question.name) (\(message.responseCode)): correct zone or server")
    default:
      throw ProviderError(.incomplete, "\(server) answered \(message.responseCode) for \(question.name); see its log")
    }
  }
}
