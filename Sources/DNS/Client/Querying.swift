/// Something that asks a name server a question: a ``DNSClient``, or what stands in for one in a test.
package protocol Querying: Sendable {
  /// Asks one server; an error that the server answers is an answer.
  func query(
    _ question: Question, at server: ServerAddress, flags: MessageFlags
  ) async throws(DNSError) -> DNSReply
}

extension DNSClient: Querying {}
