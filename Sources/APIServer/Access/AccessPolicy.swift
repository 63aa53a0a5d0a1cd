/// Who may do what: a pure function of the caller and the request.
package struct AccessPolicy: Hashable, Sendable {
  package init() {}

  /// Whether a request may be carried out, and why.
  package struct Decision: Hashable, Sendable {
    package var isAllowed: Bool
    /// Which role allows it, in words; empty when nothing does.
    package var reason: String
  }

  /// Decides on one request. What no rule allows is denied.
  package func decide(_ request: AccessRequest, for caller: Caller) -> Decision {
    for (source, rules) in sources(of: caller) where rules.contains(where: { $0.allows(request, to: caller) }) {
      return Decision(isAllowed: true, reason: source)
    }
    return Decision(isAllowed: false, reason: "")
  }

  /// Everything that a caller may do.
  package func rules(for caller: Caller) -> [AccessRule] { sources(of: caller).flatMap(\.rules) }

  private func sources(of caller: Caller) -> [(source: String, rules: [AccessRule])] {
    var sources: [(source: String, rules: [AccessRule])] = []
    for role in AccessRole.allCases where caller.groups.contains(role.group) {
      sources.append(("the role \(role.rawValue) of group \"\(role.group)\" allows it", role.rules))
    }
    if caller.groups.contains(Caller.authenticatedGroup) {
      sources.append(("every authenticated user may do this", AccessRole.authenticated))
    }
    sources.append(("everybody may do this", AccessRole.everybody))
    return sources
  }
}
