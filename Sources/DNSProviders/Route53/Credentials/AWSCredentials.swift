package import Federation

/// An access key with its secret and, where it is a temporary one, its token and end.
///
/// Its description says the key's name alone, so that no log or error can give the secret away.
package struct AWSCredentials: Hashable, Sendable {
  package var accessKey: String
  package var secret: String
  package var token: String?
  package var expires: Timestamp?

  package init(accessKey: String, secret: String, token: String? = nil, expires: Timestamp? = nil) {
    self.accessKey = accessKey
    self.secret = secret
    self.token = token
    self.expires = expires
  }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "access key \(accessKey.prefix(4))…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Keeps credentials until shortly before they end, and fetches them once for all who wait.
package actor AWSCredentialSource {
  private let fetch: @Sendable () async throws(ProviderError) -> AWSCredentials
  private let now: @Sendable () -> Timestamp
  private var kept: AWSCredentials?
  private var underWay: Task<Result<AWSCredentials, ProviderError>, Never>?

  /// Temporary credentials are fetched anew this long before they end.
  private static let margin: Duration = .seconds(120)

  package init(
    now: @escaping @Sendable () -> Timestamp,
    _ fetch: @escaping @Sendable () async throws(ProviderError) -> AWSCredentials
  ) {
    self.now = now
    self.fetch = fetch
  }

  func current() async throws(ProviderError) -> AWSCredentials {
    if let kept, kept.expires.map({ now() + Self.margin < $0 }) ?? true { return kept }
    let task =
      underWay
      ?? Task { [fetch] in
        do throws(ProviderError) { return .success(try await fetch()) } catch { return .failure(error) }
      }
    underWay = task
    let result = await task.value
    underWay = nil
    let credentials = try result.get()
    kept = credentials
    return credentials
  }

  /// They were refused: the next request fetches them anew.
  func forget() { kept = nil }
}
