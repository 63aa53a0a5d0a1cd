package import Federation

/// The walk from a name through its CNAMEs to addresses, as the authoritative servers answered it.
package struct Trace: Hashable, Sendable {
  package var name: DomainName
  package var type: RecordType
  package var hops: [Hop]
  package var outcome: Outcome

  package enum Outcome: Hashable, Sendable {
    /// The chain ended in addresses, sorted.
    case addresses([String])
    /// The chain ended at a name that does not exist.
    case missing(DomainName)
    /// The chain ended at a name that exists and holds nothing of the type.
    case empty(DomainName)
    /// The chain came back to a name it had passed.
    case loop(DomainName)
    /// The chain is longer than resolvers follow (11).
    case tooLong
    /// No server gave a usable answer; the reason is one line.
    case failed(String)
  }

  package init(name: DomainName, type: RecordType, hops: [Hop], outcome: Outcome) {
    self.name = name
    self.type = type
    self.hops = hops
    self.outcome = outcome
  }
}

/// One name on the way, with who answered what.
package struct Hop: Hashable, Sendable {
  package var name: DomainName
  /// One answer per server asked, in the order they were given.
  package var answers: [ServerAnswer]

  package init(name: DomainName, answers: [ServerAnswer]) {
    self.name = name
    self.answers = answers
  }

  /// Whether all servers that answered said the same.
  package var agrees: Bool { Set(answers.map(\.content)).count <= 1 }
}

/// What one server said about one name.
package struct ServerAnswer: Hashable, Sendable {
  /// `address:port`
  package var server: String
  package var content: Content
  /// Seconds, of the record set answered; for a negative answer the time it may be cached.
  package var ttl: UInt32
  package var latency: Duration

  package enum Content: Hashable, Sendable {
    case cname(DomainName)
    /// Sorted.
    case addresses([String])
    case noSuchName
    case noData
    /// `REFUSED`, `SERVFAIL`, a timeout, …: one line.
    case failure(String)
  }

  package init(server: String, content: Content, ttl: UInt32, latency: Duration) {
    self.server = server
    self.content = content
    self.ttl = ttl
    self.latency = latency
  }
}
