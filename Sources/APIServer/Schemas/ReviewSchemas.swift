/// What callers ask about themselves: may I, what may I, who am I. Asked and answered, never kept.
enum ReviewSchemas {
  private static let prefix = "io.k8s.api.authorization.v1."

  static let access = Schema.kind(
    prefix + "SelfSubjectAccessReview", "Asks whether the caller may do something.",
    [
      .required(
        "spec",
        .object(
          prefix + "SelfSubjectAccessReviewSpec", "What the caller wants to do: one of the two.",
          [
            .init("nonResourceAttributes", nonResource, "A request for a path that is no resource."),
            .init("resourceAttributes", resource, "A request for a resource."),
          ]), "What the caller wants to do."),
      .init(
        "status",
        .object(
          prefix + "SubjectAccessReviewStatus", "Whether a request would be let through.",
          [
            .required("allowed", .boolean, "True when it would."),
            .init("denied", .boolean, "True when it was refused outright, not only not allowed."),
            .init("evaluationError", .string, "What went wrong while this was worked out."),
            .init("reason", .string, "Why, in words."),
          ]), "The answer. Set by the server."),
    ])

  static let rules = Schema.kind(
    prefix + "SelfSubjectRulesReview", "Asks for all that the caller may do in a namespace.",
    [
      .required(
        "spec",
        .object(
          prefix + "SelfSubjectRulesReviewSpec", "Where the caller wants to act.",
          [.init("namespace", .string, "The namespace that the question is about.")]), "Where the caller wants to act."),
      .init(
        "status",
        .object(
          prefix + "SubjectRulesReviewStatus", "What a caller may do.",
          [
            .init("evaluationError", .string, "What went wrong while this was worked out."),
            .required("incomplete", .boolean, "True when the caller may be allowed more than this says."),
            .required(
              "nonResourceRules",
              .list(
                of: .object(
                  prefix + "NonResourceRule", "Paths that a caller may use.",
                  [
                    .init("nonResourceURLs", .strings, "The paths; a final * stands for all that follow."),
                    .required("verbs", .strings, "The verbs; * stands for all."),
                  ])), "Paths that are no resources."),
            .required(
              "resourceRules",
              .list(
                of: .object(
                  prefix + "ResourceRule", "Resources that a caller may use.",
                  [
                    .init("apiGroups", .strings, "The API groups; * stands for all."),
                    .init("resourceNames", .strings, "The names; empty stands for all."),
                    .init("resources", .strings, "The resources; * stands for all."),
                    .required("verbs", .strings, "The verbs; * stands for all."),
                  ])), "Resources."),
          ]), "The answer. Set by the server."),
    ])

  static let identity = Schema.kind(
    "io.k8s.api.authentication.v1.SelfSubjectReview", "Asks the server whom it takes the caller for.",
    [
      .init(
        "status",
        .object(
          "io.k8s.api.authentication.v1.SelfSubjectReviewStatus", "Whom the server takes the caller for.",
          [
            .init(
              "userInfo",
              .object(
                "io.k8s.api.authentication.v1.UserInfo", "A caller.",
                [
                  .init("extra", .map(of: .strings), "What else the authentication told."),
                  .init("groups", .strings, "The groups that the caller belongs to."),
                  .init("uid", .string, "Tells the caller from others that ever had the name."),
                  .init("username", .string, "The name of the caller."),
                ]), "The caller.")
          ]), "The answer. Set by the server.")
    ])

  private static let resource = Schema.object(
    prefix + "ResourceAttributes", "A request for a resource.",
    [
      .init("fieldSelector", .object(isOpen: true, []), "The fields by which a list is limited."),
      .init("group", .string, "The API group; * stands for all."),
      .init("labelSelector", .object(isOpen: true, []), "The labels by which a list is limited."),
      .init("name", .string, "The name of the object; empty stands for all."),
      .init("namespace", .string, "The namespace; empty stands for all, and for kinds without namespaces."),
      .init("resource", .string, "The resource; * stands for all."),
      .init("subresource", .string, "The subresource."),
      .init("verb", .string, "get, list, watch, create, update, patch, delete …; * stands for all."),
      .init("version", .string, "The API version; * stands for all."),
    ])

  private static let nonResource = Schema.object(
    prefix + "NonResourceAttributes", "A request for a path that is no resource.",
    [.init("path", .string, "The path of the request."), .init("verb", .string, "The method, in lower case.")])
}
