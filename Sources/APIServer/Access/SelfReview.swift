import JSON

/// Answers what callers ask about themselves: who am I, may I, what may I.
struct SelfReview {
  /// Nil where the server is open to all, and everybody may do everything.
  var caller: Caller?
  var policy = AccessPolicy()

  /// The question with its answer as `status`.
  func answer(_ question: JSONValue, kind: ResourceKind) -> JSONValue {
    var review = question.object == nil ? [:] : question
    review["apiVersion"] = .string(kind.apiVersion)
    review["kind"] = .string(kind.name)
    if review["metadata"]?.object == nil { review["metadata"] = [:] }
    switch kind.name {
    case "SelfSubjectReview": review["status"] = ["userInfo": identity]
    case "SelfSubjectRulesReview": review["status"] = rules(in: review["spec"]?["namespace"]?.string ?? "")
    default: review["status"] = decision(on: review["spec"] ?? [:])
    }
    return review
  }

  private var identity: JSONValue {
    let caller = caller ?? .anonymous
    var info: JSONValue = ["username": .string(caller.user), "groups": Self.list(caller.groups)]
    if !caller.uid.isEmpty { info["uid"] = .string(caller.uid) }
    return info
  }

  private func decision(on spec: JSONValue) -> JSONValue {
    guard let caller else { return ["allowed": true, "reason": "this server is open to all"] }
    guard let request = Self.request(spec) else {
      return [
        "allowed": false,
        "evaluationError": "exactly one of resourceAttributes and nonResourceAttributes must be specified",
      ]
    }
    let decision = policy.decide(request, for: caller)
    var status: JSONValue = ["allowed": .bool(decision.isAllowed)]
    if !decision.reason.isEmpty { status["reason"] = .string(decision.reason) }
    return status
  }

  private static func request(_ spec: JSONValue) -> AccessRequest? {
    func text(_ object: JSONValue, _ field: String) -> String { object[field]?.string ?? "" }
    switch (spec["resourceAttributes"], spec["nonResourceAttributes"]) {
    case (let asked?, nil) where asked.object != nil:
      let resource = AccessRequest.Resource(
        group: text(asked, "group"), plural: text(asked, "resource"), subresource: text(asked, "subresource"),
        namespace: text(asked, "namespace"), name: text(asked, "name"))
      return AccessRequest(verb: text(asked, "verb"), .resource(resource))
    case (nil, let asked?) where asked.object != nil:
      return AccessRequest(verb: text(asked, "verb"), .path(text(asked, "path")))
    default: return nil
    }
  }

  private func rules(in namespace: String) -> JSONValue {
    let rules = (caller.map(policy.rules) ?? AccessRole.admin.rules).filter {
      $0.namespace == nil || $0.namespace == namespace
    }
    return [
      "incomplete": false,
      "resourceRules": .array(
        rules.filter { !$0.resources.isEmpty }.map { rule in
          var entry: JSONValue = [
            "verbs": Self.list(rule.verbs), "apiGroups": Self.list(rule.groups),
            "resources": Self.list(rule.resources),
          ]
          if rule.names == .own, let caller { entry["resourceNames"] = [.string(AccessRule.ownName(caller))] }
          return entry
        }),
      "nonResourceRules": .array(
        rules.filter { !$0.paths.isEmpty }.map {
          ["verbs": Self.list($0.verbs), "nonResourceURLs": Self.list($0.paths)]
        }),
    ]
  }

  private static func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
