package import Cryptography
import Synchronization

/// Finds out who sent a request, from the client certificate of its connection and its `Authorization` field.
package final class Authenticator: Sendable {
  private let authority: CertificateAuthority
  private let state: Mutex<State>

  private struct State {
    var tokens: TokenTable
    /// Certificates that were verified, so that a connection pays once.
    var known: [[UInt8]: Known] = [:]
  }

  private struct Known {
    var caller: Caller
    var validity: ClosedRange<Int64>
  }

  /// How many verified certificates are remembered.
  private static let memory = 256

  package init(authority: CertificateAuthority, tokens: TokenTable = TokenTable()) {
    self.authority = authority
    self.state = Mutex(State(tokens: tokens))
  }

  /// Takes these tokens from now on, and no others.
  package func replaceTokens(_ tokens: TokenTable) { state.withLock { $0.tokens = tokens } }

  /// Who it is: by certificate, else by token, else `system:anonymous` when neither was shown.
  ///
  /// - Parameters:
  ///   - certificate: the client's, in DER; its owner has proven to hold the key.
  ///   - authorization: the `Authorization` field.
  /// - Throws: 401 when something was shown and nothing of it is good.
  package func caller(certificate: [UInt8]?, authorization: String?, unixSeconds: Int64) throws(APIError) -> Caller {
    if let certificate, let caller = caller(of: certificate, unixSeconds: unixSeconds) { return caller }
    if let authorization {
      let parts = authorization.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "bearer",
        let caller = state.withLock({ $0.tokens }).caller(of: String(parts[1].trimmed))
      else { throw .unauthorized }
      return caller
    }
    guard certificate == nil else { throw .unauthorized }
    return .anonymous
  }

  private func caller(of certificate: [UInt8], unixSeconds: Int64) -> Caller? {
    if let known = state.withLock({ $0.known[certificate] }) {
      return known.validity.contains(unixSeconds) ? known.caller : nil
    }
    guard let facts = try? authority.verifiedClient(certificate, unixSeconds: unixSeconds), !facts.commonName.isEmpty,
      facts.notBefore <= facts.notAfter
    else { return nil }
    let caller = Caller(user: facts.commonName, groups: facts.organizations)
    state.withLock { state in
      if state.known.count >= Self.memory { state.known = [:] }
      state.known[certificate] = Known(caller: caller, validity: facts.notBefore...facts.notAfter)
    }
    return caller
  }
}
