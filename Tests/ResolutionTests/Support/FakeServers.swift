import DNS
import Federation
import Resolution
import Synchronization

/// Servers that answer from a table, or not at all; counts what each was asked.
final class FakeServers: Querying {
  enum Answer {
    case cname(String)
    case addresses([String])
    case missing
    case empty
    case code(ResponseCode)
    /// Nothing comes.
    case silence
  }

  private let answers: [ServerAddress: [String: Answer]]
  private let asked = Mutex([String]())

  init(_ answers: [ServerAddress: [String: Answer]]) { self.answers = answers }

  /// `server name` for each question.
  var questions: [String] { asked.withLock { $0 } }

  func query(
    _ question: Question, at server: ServerAddress, flags: MessageFlags
  ) async throws(DNSError) -> DNSReply {
    asked.withLock { $0.append("\(server) \(question.name)") }
    var message = Message.query(question, id: 1, flags: flags, edns: nil).reply(.noError, flags: .authoritative)
    func put(_ data: RecordData) { message.answers.append(ResourceRecord(name: question.name, ttl: 180, data: data)) }
    switch answers[server]?[question.name.text] ?? .missing {
    case .cname(let target):
      put(.cname(DomainName(canonical: target)))
      // What a server adds of the chain is not to be believed for other names.
      if let stray = IPAddress("203.0.113.99") {
        message.answers.append(ResourceRecord(name: DomainName(canonical: target), ttl: 1, data: .address(stray)))
      }
    case .addresses(let addresses): addresses.compactMap { IPAddress($0) }.forEach { put(.address($0)) }
    case .missing, .empty:
      if case .empty? = answers[server]?[question.name.text] {} else { message.responseCode = .nameError }
      let soa = StartOfAuthority(
        primary: question.name, mailbox: question.name, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 5)
      message.authorities = [ResourceRecord(name: question.name, ttl: 60, data: .soa(soa))]
    case .code(let code): message.responseCode = code
    case .silence: throw DNSError(.timedOut, "\(server) did not answer")
    }
    return DNSReply(message: message, server: server, transport: .udp, latency: .zero)
  }
}
