package import JSON

/// A request that was refused, as a Kubernetes API server says it: an HTTP code, a reason that programs read and a
/// message that people read.
///
/// Follows the API conventions' "Response Status Kind".
package struct APIError: Error, Hashable {
  /// The HTTP status code.
  package var code: Int
  package var reason: String
  package var message: String
  /// `details` of the Status object: which object, and for 422 the causes.
  package var details: JSONValue?
  /// How an expired list can go on, though not with the state that it began with.
  package var continueToken: String?

  package init(code: Int, reason: String, message: String, details: JSONValue? = nil) {
    self.code = code
    self.reason = reason
    self.message = message
    self.details = details
  }

  /// The `Status` object that is sent as the body of the response.
  package var status: JSONValue {
    var status: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
      "reason": .string(reason), "code": .integer(Int64(code)),
    ]
    if let details { status["details"] = details }
    if let continueToken { status["metadata"] = ["continue": .string(continueToken)] }
    return status
  }
}

extension APIError {
  static func badRequest(_ message: String) -> APIError { APIError(code: 400, reason: "BadRequest", message: message) }

  /// 404 for a path that this server does not know.
  static var unknownPath: APIError {
    APIError(code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: [:])
  }

  static func notFound(_ kind: ResourceKind, _ name: String) -> APIError {
    APIError(
      code: 404, reason: "NotFound", message: "\(kind.qualifiedPlural) \"\(name)\" not found",
      details: details(kind, name))
  }

  static func alreadyExists(_ kind: ResourceKind, _ name: String) -> APIError {
    APIError(
      code: 409, reason: "AlreadyExists", message: "\(kind.qualifiedPlural) \"\(name)\" already exists",
      details: details(kind, name))
  }

  static func conflict(
    _ kind: ResourceKind, _ name: String,
    _ why: String = "the object has been modified; please apply your changes to the latest version and try again"
  ) -> APIError {
    APIError(
      code: 409, reason: "Conflict",
      message: "Operation cannot be fulfilled on \(kind.qualifiedPlural) \"\(name)\": \(why)",
      details: details(kind, name))
  }

  /// 422 with one cause for each offending field.
  static func invalid(_ kind: ResourceKind, _ name: String, _ causes: [FieldError]) -> APIError {
    let parts = causes.map(\.description)
    let list = parts.count == 1 ? parts[0] : "[\(parts.joined(separator: ", "))]"
    var details = details(kind, name)
    details["kind"] = .string(kind.name)
    details["causes"] = .array(
      causes.map { ["reason": .string($0.reason), "message": .string($0.message), "field": .string($0.field)] })
    let subject = kind.group.isEmpty ? kind.name : "\(kind.name).\(kind.group)"
    return APIError(
      code: 422, reason: "Invalid", message: "\(subject) \"\(name)\" is invalid: \(list)", details: details)
  }

  /// 409 for a body or a precondition that means an earlier object of the same name.
  static func conflict(_ kind: ResourceKind, _ name: ObjectName, uid: String, found: String) -> APIError {
    let key = ["", "registry", kind.plural, name.namespace, name.name].filter { !$0.isEmpty }.joined(separator: "/")
    return APIError(
      code: 409, reason: "Conflict",
      message:
        "Operation cannot be fulfilled on \(kind.qualifiedPlural) \"\(name.name)\": StorageError: invalid object, "
        + "Code: 4, Key: /\(key), ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
        + "\(uid), UID in object meta: \(found)",
      details: details(kind, name.name))
  }

  /// 409 for a deletion that means another object or another version of it.
  static func precondition(_ kind: ResourceKind, _ name: String, _ why: String) -> APIError {
    let subject = kind.group.isEmpty ? kind.name : "\(kind.name).\(kind.group)"
    var details = details(kind, name)
    details["kind"] = .string(kind.name)
    return APIError(
      code: 409, reason: "Conflict", message: "Operation cannot be fulfilled on \(subject) \"\(name)\": \(why)",
      details: details)
  }

  /// 500, as Kubernetes has it, for a new object that brings a version along.
  static var versionOnCreation: APIError {
    APIError(
      code: 500, reason: "", message: "resourceVersion should not be set on objects to be created")
  }

  static func forbidden(
    _ kind: ResourceKind, _ name: String, _ why: String, causes: [JSONValue] = []
  ) -> APIError {
    var details = details(kind, name)
    if !causes.isEmpty { details["causes"] = .array(causes) }
    return APIError(
      code: 403, reason: "Forbidden", message: "\(kind.qualifiedPlural) \"\(name)\" is forbidden: \(why)",
      details: details)
  }

  /// 422 for parameters of a request, which Kubernetes checks like an object of its own (`ListOptions`, `DeleteOptions`).
  static func invalidOptions(_ kind: String, _ causes: [FieldError]) -> APIError {
    let list = causes.map(\.description).joined(separator: ", ")
    return APIError(
      code: 422, reason: "Invalid",
      message: "\(kind).meta.k8s.io \"\" is invalid: \(causes.count == 1 ? list : "[\(list)]")",
      details: [
        "group": "meta.k8s.io", "kind": .string(kind),
        "causes": .array(
          causes.map { ["reason": .string($0.reason), "message": .string($0.message), "field": .string($0.field)] }),
      ])
  }

  /// 500 for a write that could not be kept.
  static func notKept(_ error: StorageError) -> APIError {
    APIError(
      code: 500, reason: "InternalError", message: "Internal error occurred: \(error)",
      details: ["causes": [["message": .string(error.description)]]])
  }

  /// 504 for a list that must be newer than anything written.
  static func tooLarge(revision: UInt64, current: UInt64) -> APIError {
    let message = "Too large resource version: \(revision), current: \(current)"
    return APIError(
      code: 504, reason: "Timeout", message: "Timeout: \(message)",
      details: [
        "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]],
        "retryAfterSeconds": 1,
      ])
  }

  static func methodNotAllowed(_ method: String) -> APIError {
    APIError(
      code: 405, reason: "MethodNotAllowed", message: "the server does not allow \(method) on the requested resource")
  }

  static func unsupportedMediaType(accepted: [String]) -> APIError {
    APIError(
      code: 415, reason: "UnsupportedMediaType",
      message: "the body of the request was in an unknown format - accepted media types include: "
        + accepted.joined(separator: ", "))
  }

  static var notAcceptable: APIError {
    APIError(
      code: 406, reason: "NotAcceptable",
      message: "only the following media types are accepted: application/json, application/json;stream=watch")
  }

  static var tooLarge: APIError {
    APIError(
      code: 413, reason: "RequestEntityTooLarge",
      message: "Request entity too large: limit is \(APIResponder.largestBody) bytes")
  }

  /// 410: the events after `revision` are gone (or never were); list again.
  static func expired(_ revision: UInt64, current: UInt64) -> APIError {
    APIError(code: 410, reason: "Expired", message: "too old resource version: \(revision) (\(current))")
  }

  /// 410: the list that the token continues is gone.
  static func expiredContinuation(_ token: ContinueToken) -> APIError {
    var error = APIError(
      code: 410, reason: "Expired",
      message: "The provided continue parameter is too old to display a consistent list result. You can start a new "
        + "list without the continue parameter, or use the continue token in this response to retrieve the remainder of "
        + "the results. Continuing with the provided token results in an inconsistent list - objects that were created, "
        + "modified, or deleted between the time the first chunk was returned and now may show up in the list.")
    error.continueToken = ContinueToken(revision: nil, last: token.last).text
    return error
  }

  /// 410: the state of a list that names its exact revision is gone.
  static var expiredList: APIError {
    APIError(
      code: 410, reason: "Expired", message: "The resourceVersion for the provided list is too old.")
  }

  private static func details(_ kind: ResourceKind, _ name: String) -> JSONValue {
    var details: JSONValue = ["name": .string(name), "kind": .string(kind.plural)]
    if !kind.group.isEmpty { details["group"] = .string(kind.group) }
    return details
  }
}
