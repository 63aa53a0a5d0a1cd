/// Stands before an endpoint: who asks, and whether they may.
package struct AccessControl: Sendable {
  /// Says who a caller is, by certificate or token.
  package var authenticator: Authenticator
  /// Says what a caller may do.
  package var policy = AccessPolicy()

  package init(authenticator: Authenticator) { self.authenticator = authenticator }

  func check(_ request: AccessRequest, by caller: Caller) throws(APIError) {
    guard policy.decide(request, for: caller).isAllowed else { throw .forbidden(request, to: caller) }
  }
}
