package import Federation

/// Keeps an access token until shortly before its end, and gets a new one once for all who wait.
package actor GoogleTokens {
  /// Whose tokens they are; see ``GoogleTokenSource/who``.
  package nonisolated let who: String
  private let source: any GoogleTokenSource
  private let now: @Sendable () -> Timestamp
  private var cached: GoogleToken?
  /// From when on the cached token is not used any more if another can be had.
  private var renewal = Timestamp(nanoseconds: .min)
  private var renewing: Task<Result<GoogleToken, ProviderError>, Never>?

  /// So much of its life is left when a token is renewed: it must not end on the way.
  private static let margin = Duration.seconds(60)

  package init(_ source: any GoogleTokenSource, now: @escaping @Sendable () -> Timestamp) {
    self.source = source
    self.now = now
    who = source.who
  }

  deinit { renewing?.cancel() }

  /// The token to show now.
  ///
  /// While no new one can be had, the old one serves until its very end.
  package func current() async throws(ProviderError) -> GoogleToken {
    if let cached, now() < renewal { return cached }
    let (source, now) = (source, now)
    let task = renewing ?? Task { await Self.result(of: source, at: now()) }
    renewing = task
    let result = await task.value
    if renewing == task {
      renewing = nil
      if case .success(let token) = result { keep(token) }
    }
    if case .failure = result, let cached, now() < cached.expires { return cached }
    return try result.get()
  }

  /// Forgets a token that was refused; one that has come since stays.
  package func refuse(_ token: GoogleToken) {
    if cached?.secret == token.secret { cached = nil }
  }

  private func keep(_ token: GoogleToken) {
    cached = token
    // A token that is given with little life left is used for half of it, so as not to ask for every request.
    let life = token.expires - now()
    renewal = token.expires + (life > Self.margin * 2 ? .zero - Self.margin : .zero - life / 2)
  }

  private static func result(
    of source: any GoogleTokenSource, at now: Timestamp
  ) async -> Result<GoogleToken, ProviderError> {
    do throws(ProviderError) { return .success(try await source.token(at: now)) } catch { return .failure(error) }
  }
}
