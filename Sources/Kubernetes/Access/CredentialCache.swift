import Federation

/// Keeps the credentials of one cluster until they expire, and gets new ones once for all who wait.
actor CredentialCache {
  private let access: ClusterAccess
  private var cached: (credential: Credential, until: ContinuousClock.Instant?)?
  private var fetching: Task<Result<PluginCredential, KubernetesError>, Never>?

  init(access: ClusterAccess) { self.access = access }

  deinit { fetching?.cancel() }

  /// The credentials to show now.
  func current() async throws(KubernetesError) -> Credential {
    switch access.credential {
    case .none: return .none
    case .token(let token): return Credential(token: token)
    case .tokenFile(let path):
      if let cached, let until = cached.until, until > .now { return cached.credential }
      let credential = Credential(token: try await CredentialCache.token(inFile: path))
      cached = (credential, .now + .seconds(60))
      return credential
    case .exec(let plugin):
      if let cached, cached.until.map({ $0 > .now }) ?? true { return cached.credential }
      return try await fetched(from: plugin)
    }
  }

  /// Forgets what the server refused.
  func forget() { cached = nil }

  private func fetched(from plugin: ExecPlugin) async throws(KubernetesError) -> Credential {
    let access = access
    let task = fetching ?? Task { await plugin.run(for: access) }
    fetching = task
    let result = await task.value
    fetching = nil
    let new = try result.get()
    // Half a minute early, so that a token does not expire on its way.
    cached = (new.credential, new.lifetime.map { .now + $0 - .seconds(30) })
    return new.credential
  }

  private static func token(inFile path: String) async throws(KubernetesError) -> String {
    let bytes = try await readFile(path, purpose: "the token")
    let token = String(decoding: bytes, as: UTF8.self).trimmingWhitespace()
    guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw KubernetesError(.configuration, "the token file \(path) holds no token: check what writes it")
    }
    return token
  }
}

extension String {
  /// The text without spaces and line ends around it.
  func trimmingWhitespace() -> String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
