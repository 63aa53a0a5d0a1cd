package import HTTPTransport
package import JSON

/// An answer that was read to its end.
package struct ProviderAnswer: Sendable {
  package var status: Int
  package var headers: [HTTPHeader]
  package var body: [UInt8]

  package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first value of a field, whose name is compared without regard to case.
  package func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }

  /// The body as JSON; nil where it is none.
  package var json: JSONValue? { try? JSONValue.parse(body) }

  /// How long the server asks to wait (RFC 9110 section 10.2.3), as far as it says so in seconds.
  package var retryAfter: Duration? {
    header("Retry-After").flatMap { Double($0) }.flatMap { $0 >= 0 ? .seconds(min($0, 60)) : nil }
  }
}

/// One request to a provider's API: how it is made anew for every try, and what its answers mean.
package struct ProviderCall: Sendable {
  /// What is done, for errors: `reading the zone example.com`.
  package var subject: String
  package var urgency: RequestPace.Urgency
  /// Whether it may be sent again when nobody knows what became of it: true for reads.
  package var isRepeatable: Bool
  /// Makes the request; signatures and tokens are those of now.
  package var make: @Sendable () async throws(ProviderError) -> HTTPRequest
  /// What an answer means.
  package var judge: @Sendable (ProviderAnswer) -> Judgement

  package enum Judgement: Sendable {
    /// It was done; the answer is the caller's to read.
    case done
    /// Nothing was done, since it was one request too many: it is sent again after a wait.
    case throttled(ProviderError)
    /// Nothing was done, and a moment later it may be: sent again after a wait.
    case busy(ProviderError)
    /// Nobody knows whether it was done: sent again when it is repeatable.
    case doubtful(ProviderError)
    /// The credentials have run out: sent again once after ``ProviderAPI`` had them renewed.
    case expired(ProviderError)
    case failed(ProviderError)
  }

  package init(
    _ subject: String, urgency: RequestPace.Urgency = .read, isRepeatable: Bool = true,
    make: @escaping @Sendable () async throws(ProviderError) -> HTTPRequest,
    judge: @escaping @Sendable (ProviderAnswer) -> Judgement
  ) {
    self.subject = subject
    self.urgency = urgency
    self.isRepeatable = isRepeatable
    self.make = make
    self.judge = judge
  }
}
