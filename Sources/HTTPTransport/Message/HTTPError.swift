/// Why a request failed, as one line a person can act on. It never holds credentials, header values or bodies.
package struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure this is, for those who must decide what to do next.
  package enum Code: String, Hashable, Sendable {
    /// The URL, the proxy or the TLS material cannot be used as it is.
    case invalidRequest
    /// The name of the host has no address.
    case resolve
    /// Nobody listens there, or there is no way to it.
    case refused
    /// The proxy refused or failed.
    case proxy
    /// The connection did not stand in time.
    case timeout
    /// The connection stood, but no byte moved for the time allowed.
    case silent
    /// Trust or identity: an unknown authority, a wrong name, a missing client certificate.
    case tls
    /// The connection ended before the answer did.
    case truncated
    /// What came back is not HTTP.
    case `protocol`
    /// The body or the head is larger than the caller allows.
    case tooLarge
    /// The caller went away.
    case cancelled
    /// libcurl or the system ran out of something.
    case `internal`
  }

  package var code: Code
  package var description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
