extension ResourceKind {
  /// May I? Answered from the caller's rights.
  package static let selfSubjectAccessReview = review(
    group: "authorization.k8s.io", name: "SelfSubjectAccessReview", ReviewSchemas.access)

  /// What may I? Answered from the caller's rights.
  package static let selfSubjectRulesReview = review(
    group: "authorization.k8s.io", name: "SelfSubjectRulesReview", ReviewSchemas.rules)

  /// Who am I?
  package static let selfSubjectReview = review(
    group: "authentication.k8s.io", name: "SelfSubjectReview", ReviewSchemas.identity)

  private static func review(group: String, name: String, _ schema: Schema) -> ResourceKind {
    ResourceKind(
      group: group, version: "v1", name: name, plural: "\(name.lowercased())s", scope: .cluster, verbs: ["create"],
      schema: schema)
  }
}
