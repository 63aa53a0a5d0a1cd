import JSON

/// What becomes of fields that a kind does not know and of fields that are given twice (`fieldValidation=`).
package struct FieldValidation: Hashable, Sendable {
  package var mode: Mode
  /// What reading the body of the request found already.
  package var found: [String] = []

  package enum Mode: String, CaseIterable, Sendable {
    /// They are dropped.
    case ignore = "Ignore"
    /// They are dropped and the client is warned.
    case warn = "Warn"
    /// The request is refused.
    case strict = "Strict"
  }

  package static let ignore = FieldValidation(mode: .ignore)

  /// Follows the query parameter; Warn where there is none, as Kubernetes has it.
  init(query: String?, options: String) throws(APIError) {
    guard let query else {
      mode = .warn
      return
    }
    guard let mode = Mode(rawValue: query) else {
      throw .invalidOptions(
        options, .unsupported("fieldValidation", query, supported: Mode.allCases.map(\.rawValue).sorted()))
    }
    self.mode = mode
  }

  package init(mode: Mode) { self.mode = mode }

  /// Reads the body of a create or an update.
  ///
  /// - Returns: the object without unknown fields, and what to warn the client of.
  func read(
    _ body: [UInt8], _ value: JSONValue, of kind: ResourceKind
  ) throws(APIError) -> (object: JSONValue, warnings: [String]) {
    let check = SchemaCheck(value, of: kind)
    if let mistake = check.mistake {
      throw kind.isCustom
        ? Self.invalid(check, kind)
        : .undecodable(kind, mistake)
    }
    guard mode != .ignore else { return (check.value, []) }
    let oddities = StrictReading.oddities(in: body, of: kind)
    if mode == .strict, !oddities.isEmpty { throw .undecodable(kind, Self.strictError(oddities)) }
    return (check.value, oddities)
  }

  /// Decides about an object after a patch.
  ///
  /// - Returns: what to warn the client of.
  func judge(patched check: SchemaCheck, _ kind: ResourceKind) throws(APIError) -> [String] {
    if let mistake = check.mistake {
      throw kind.isCustom
        ? Self.invalid(check, kind)
        : .invalidPatch(check.original, mistake)
    }
    guard mode != .ignore else { return [] }
    let oddities = found + check.unknown.map { "unknown field \"\($0)\"" }
    if mode == .strict, !oddities.isEmpty { throw .invalidPatch(check.original, Self.strictError(oddities)) }
    return oddities
  }

  /// All that is wrong with a custom object some of whose fields have the wrong type.
  private static func invalid(_ check: SchemaCheck, _ kind: ResourceKind) -> APIError {
    let others = CustomObjectCheck.errors(in: check.value, kind.schema ?? .any).filter { error in
      !check.typeErrors.contains { $0.field == error.field }
    }
    return .invalid(
      kind, check.value[at: ["metadata", "name"]]?.string ?? "", check.typeErrors + others)
  }

  private static func strictError(_ oddities: [String]) -> String {
    "strict decoding error: \(oddities.joined(separator: ", "))"
  }
}

extension APIError {
  /// 400 for a body that is no object of the kind.
  static func undecodable(_ kind: ResourceKind, _ why: String) -> APIError {
    .badRequest("\(kind.name) in version \"\(kind.version)\" cannot be handled as a \(kind.name): \(why)")
  }

  /// 422 for a patch that makes something of an object that the kind does not allow.
  static func invalidPatch(_ result: JSONValue, _ why: String) -> APIError {
    .invalidRequest(" \"\" is invalid", .invalid("patch", JSONValue.string(result.text()).text(), why))
  }

  /// 422 for a query parameter.
  static func invalidOptions(_ options: String, _ cause: FieldError) -> APIError {
    .invalidRequest(
      "\(options).meta.k8s.io \"\" is invalid", cause, ["group": "meta.k8s.io", "kind": .string(options)])
  }

  private static func invalidRequest(_ subject: String, _ cause: FieldError, _ details: JSONValue = [:]) -> APIError {
    var details = details
    details["causes"] = [
      ["reason": .string(cause.reason), "message": .string(cause.message), "field": .string(cause.field)]
    ]
    return APIError(code: 422, reason: "Invalid", message: "\(subject): \(cause)", details: details)
  }
}
