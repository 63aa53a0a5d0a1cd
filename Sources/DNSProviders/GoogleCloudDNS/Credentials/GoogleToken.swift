package import Federation

/// An access token of Google's and when it ends. Its description never shows it.
package struct GoogleToken: Hashable, Sendable {
  /// What a request shows.
  package let secret: String
  package let expires: Timestamp
  /// The project that a person's requests are counted to; nil for those of services.
  package var quotaProject: String?

  package init(secret: String, expires: Timestamp, quotaProject: String? = nil) {
    self.secret = secret
    self.expires = expires
    self.quotaProject = quotaProject
  }
}

extension GoogleToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "a token until \(expires)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where access tokens come from: one kind of credentials.
package protocol GoogleTokenSource: Sendable {
  /// Whose they are and where they were found, for errors: `the service account a@b (file /etc/key.json)`.
  var who: String { get }

  /// Gets a new token.
  ///
  /// - Throws: ``ProviderError/Code/unauthorized`` with one line that says which file or account, and what to do.
  func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken
}

/// What tokens may be used for.
enum GoogleScope {
  /// Reading and changing what Cloud DNS holds, and nothing else.
  static let dns = "https://www.googleapis.com/auth/ndev.clouddns.readwrite"
  /// All that the account may do: what an identity from elsewhere is given, which IAM then limits.
  static let platform = "https://www.googleapis.com/auth/cloud-platform"
}
