package import JSON

extension JSONValue {
  /// This value with a JSON merge patch applied (RFC 7396): members are merged, null removes, all else replaces.
  package func merging(_ patch: JSONValue) -> JSONValue {
    guard let changes = patch.object else { return patch }
    var members = object ?? [:]
    for (key, change) in changes {
      if case .null = change {
        members[key] = nil
      } else {
        members[key] = (members[key] ?? .null).merging(change)
      }
    }
    return .object(members)
  }
}
