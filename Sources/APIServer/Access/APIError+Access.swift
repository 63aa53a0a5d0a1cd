import JSON

extension APIError {
  /// 401: who it is was said, but is not true.
  static var unauthorized: APIError { APIError(code: 401, reason: "Unauthorized", message: "Unauthorized") }

  /// 403, worded as Kubernetes words it.
  static func forbidden(_ request: AccessRequest, to caller: Caller) -> APIError {
    switch request.subject {
    case .path(let path):
      return APIError(
        code: 403, reason: "Forbidden",
        message: "forbidden: User \"\(caller.user)\" cannot \(request.verb) path \"\(path)\"", details: [:])
    case .resource(let resource):
      let qualified = resource.group.isEmpty ? resource.plural : "\(resource.plural).\(resource.group)"
      let subject = resource.name.isEmpty ? qualified : "\(qualified) \"\(resource.name)\""
      let place = resource.namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(resource.namespace)\""
      var details: JSONValue = ["kind": .string(resource.plural)]
      if !resource.name.isEmpty { details["name"] = .string(resource.name) }
      if !resource.group.isEmpty { details["group"] = .string(resource.group) }
      return APIError(
        code: 403, reason: "Forbidden",
        message: "\(subject) is forbidden: User \"\(caller.user)\" cannot \(request.verb) resource "
          + "\"\(resource.path)\" in API group \"\(resource.group)\" \(place)",
        details: details)
    }
  }

  /// 403 for a caller who wants to be another: nobody may here.
  static func impersonation(of user: String, by caller: Caller) -> APIError {
    forbidden(
      AccessRequest(verb: "impersonate", .resource(.init(group: "", plural: "users", name: user))), to: caller)
  }
}
