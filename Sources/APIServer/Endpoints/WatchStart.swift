/// Where a watch begins.
package enum WatchStart: Hashable, Sendable {
  /// With every object as it is now, each as an addition; then the changes.
  case now(announcesEnd: Bool)
  /// With the next change, whatever there is.
  case fromNow
  /// With the first change after this revision.
  case after(UInt64)
}

extension WatchStart {
  /// Reads the query parameters of a watch with the rules and words of the Kubernetes API.
  init(_ query: QueryParameters) throws(APIError) {
    let version = query["resourceVersion"]
    let match = query["resourceVersionMatch"]
    let sendsInitial = query["sendInitialEvents"].map { $0 == "true" || $0 == "1" }
    if let match {
      guard sendsInitial != nil else {
        throw Self.invalid(
          "resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")
      }
      guard match == "NotOlderThan" else {
        throw .invalidOptions(
          "ListOptions", [.unsupported("resourceVersionMatch", match, supported: ["NotOlderThan"])])
      }
    } else if sendsInitial != nil {
      throw Self.invalid(
        "resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")
    }
    if sendsInitial == true {
      self = .now(announcesEnd: query.isSet("allowWatchBookmarks"))
    } else if let version, version != "0" {
      guard let revision = UInt64(version) else {
        throw .badRequest(
          "resourceVersion: Invalid value: \"\(version)\": strconv.ParseUint: parsing \"\(version)\": invalid syntax")
      }
      self = .after(revision)
    } else {
      self = sendsInitial == false ? .fromNow : .now(announcesEnd: false)
    }
  }

  private static func invalid(_ field: String, _ why: String) -> APIError {
    .invalidOptions("ListOptions", [.forbidden(field, why)])
  }
}
