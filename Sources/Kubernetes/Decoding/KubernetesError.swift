import Federation

/// Why a cluster did not do what it was asked, as one line a person can act on. It never holds credentials.
package struct KubernetesError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, Hashable, Sendable {
    /// The credentials are missing, wrong or expired (401).
    case unauthorized
    /// The credentials are known and not allowed to do this (403).
    case forbidden
    case notFound
    case alreadyExists
    /// Somebody else changed the object in between (409).
    case conflict
    /// The server refuses the object or the request as it is (400, 422).
    case invalid
    /// The resource version or page is too old: list again (410).
    case gone
    /// Too many requests (429).
    case throttled
    /// The server answers, but cannot serve now (5xx).
    case unavailable
    /// Nobody answers, or not in time.
    case unreachable
    /// The server is not who it should be, or does not take our certificate.
    case untrusted
    /// An answer was cut or is not what it should be.
    case incomplete
    /// The kubeconfig, or a credential it names, cannot be used.
    case configuration
    case cancelled
  }

  package var code: Code
  /// One line, already cleaned.
  package var message: String
  /// The HTTP status, where there was an answer.
  package var status: Int?
  /// How long the server asks to be left alone.
  package var retryAfter: Duration?
  /// Whether an answer broke off after its head had arrived.
  var isTransferCut = false

  package init(_ code: Code, _ message: String, status: Int? = nil, retryAfter: Duration? = nil) {
    self.code = code
    self.message = cleanText(message, limit: 500)
    self.status = status
    self.retryAfter = retryAfter
  }

  package var description: String { message }
}
