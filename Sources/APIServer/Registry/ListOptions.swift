/// Which state a list shows and how much of it (`limit`, `continue`, `resourceVersion`, `resourceVersionMatch`).
package struct ListOptions: Hashable, Sendable {
  /// How many objects a page may hold; nil means all.
  package var limit: Int?
  package var token: ContinueToken?
  package var state: State

  package enum State: Hashable, Sendable {
    case mostRecent
    /// A state at least this new; what there is, is always the newest.
    case notOlderThan(UInt64)
    case exactly(UInt64)
  }

  package init(limit: Int? = nil, continuing token: ContinueToken? = nil, state: State = .mostRecent) {
    self.limit = limit
    self.token = token
    self.state = state
  }

  /// Reads the query parameters with the rules and words of the Kubernetes API.
  init(_ query: QueryParameters) throws(APIError) {
    let limit = query["limit"] ?? "0"
    guard let count = Int(limit) else {
      throw .badRequest("strconv.ParseInt: parsing \"\(limit)\": invalid syntax")
    }
    self.init(limit: count > 0 ? count : nil)
    if let text = query["continue"] { token = try ContinueToken(text: text) }
    let version = query["resourceVersion"]
    let match = query["resourceVersionMatch"]
    let field = "resourceVersionMatch"
    if let match {
      if version == nil {
        throw Self.invalid(.forbidden(field, "resourceVersionMatch is forbidden unless resourceVersion is provided"))
      }
      if token != nil {
        throw Self.invalid(.forbidden(field, "resourceVersionMatch is forbidden when continue is provided"))
      }
      guard match == "Exact" || match == "NotOlderThan" else {
        throw Self.invalid(.unsupported(field, match, supported: ["Exact", "NotOlderThan", ""]))
      }
      if match == "Exact", version == "0" {
        throw Self.invalid(
          .forbidden(field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""))
      }
    }
    guard let version, version != "0" else { return }
    if token != nil { throw .badRequest("specifying resource version is not allowed when using continue") }
    guard let revision = UInt64(version) else {
      throw .badRequest(
        "resourceVersion: Invalid value: \"\(version)\": strconv.ParseUint: parsing \"\(version)\": invalid syntax")
    }
    // A limit without a match means the exact state, for the clients of old.
    let isExact = match == "Exact" || (match == nil && self.limit != nil)
    state = isExact ? .exactly(revision) : .notOlderThan(revision)
  }

  private static func invalid(_ error: FieldError) -> APIError { .invalidOptions("ListOptions", [error]) }
}
