/// Why a name server gave no usable answer: a code for programs and a line for people.
package struct DNSError: Error, Hashable, Sendable, CustomStringConvertible {
  package var code: Code
  /// One line: what, why, what to do. Never a secret.
  package var description: String

  package enum Code: Hashable, Sendable {
    /// Nobody answered in time.
    case timedOut
    /// Nothing listens there, or no way leads there.
    case unreachable
    /// The connection ended before the answer did.
    case closed
    /// The answer, or the message to be sent, is no DNS message.
    case malformed
    /// The answer belongs to something else than what was asked.
    case mismatched
    /// The server answered with an error.
    case answered(ResponseCode)
    /// The signature of the answer, or of the request in the server's eyes, is wrong.
    case signature
    /// The zone came in part: nothing of it may be used (rule whole-reads).
    case incomplete
    /// The task was cancelled.
    case cancelled
  }

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
