package import JSON

/// A strategic merge patch: a merge patch that knows which lists are maps by a key, with Kubernetes' directives
/// `$patch`, `$retainKeys`, `$deleteFromPrimitiveList` and `$setElementOrder`.
///
/// Follows "Update API Objects in Place Using kubectl patch" and the API machinery's strategic-merge-patch notes.
package struct StrategicMergePatch: Sendable {
  private let patch: JSONValue
  private let schema: Schema

  /// - Parameter schema: of the objects to patch; it says how lists merge.
  package init(_ patch: JSONValue, schema: Schema) {
    self.patch = patch
    self.schema = schema
  }

  package func apply(to object: JSONValue) throws(APIError) -> JSONValue { try merge(object, patch, schema) }

  private func merge(_ original: JSONValue, _ patch: JSONValue, _ schema: Schema) throws(APIError) -> JSONValue {
    guard var changes = patch.object else { return patch }
    if let directive = changes.removeValue(forKey: "$patch") {
      switch directive.string {
      case "replace": return .object(changes)
      case "delete": return [:]
      case "merge": break
      default: throw .badRequest("unknown patch type: \(directive.string ?? directive.text()) in map: \(patch.text())")
      }
    }
    var members = original.object ?? [:]
    try Self.retainKeys(of: &members, changes: &changes)
    let orders = try Self.take("$setElementOrder/", from: &changes)
    for (field, removed) in try Self.take("$deleteFromPrimitiveList/", from: &changes) {
      if let list = members[field]?.array { members[field] = .array(list.filter { !removed.contains($0) }) }
    }
    for (key, change) in changes {
      guard change != .null else {
        members[key] = nil
        continue
      }
      let inner = schema[member: key] ?? .any
      if let elements = change.array {
        members[key] = .array(try merge(members[key]?.array ?? [], elements, inner))
      } else {
        members[key] = try merge(members[key] ?? .null, change, inner)
      }
    }
    for (field, order) in orders {
      guard let list = members[field]?.array else { continue }
      let key = ElementKey(of: schema[member: field])
      let given = changes[field]?.array?.filter { $0["$patch"] == nil } ?? []
      guard given.allSatisfy({ element in order.contains { key.tellsSame($0, element) } }) else {
        throw .badRequest("The order in patch list:\n\(given)\n doesn't match $setElementOrder list:\n\(order)")
      }
      members[field] = .array(key.arrange(list, by: order, then: original[field]?.array ?? []))
    }
    return .object(members)
  }

  /// `$retainKeys`: members that it does not name go.
  private static func retainKeys(
    of members: inout [String: JSONValue], changes: inout [String: JSONValue]
  ) throws(APIError) {
    guard let directive = changes.removeValue(forKey: "$retainKeys") else { return }
    guard let retained = directive.array else { throw .badRequest("invalid patch format of retainKeys") }
    let isComplete = changes.allSatisfy { key, value in
      key.hasPrefix("$") || value == .null || retained.contains(.string(key))
    }
    guard isComplete else { throw .unprocessable("patch content doesn't match retainKeys list", field: "$retainKeys") }
    members = members.filter { retained.contains(.string($0.key)) }
  }

  /// Takes the directives with a prefix out of a patch, by the field that they are about.
  private static func take(
    _ prefix: String, from changes: inout [String: JSONValue]
  ) throws(APIError) -> [(field: String, list: [JSONValue])] {
    var found: [(field: String, list: [JSONValue])] = []
    for (key, value) in changes.sorted(by: { $0.key < $1.key }) where key.hasPrefix(prefix) {
      guard let list = value.array else {
        throw .badRequest(
          prefix.contains("Order")
            ? "invalid patch format of setElementOrder list" : "invalid patch format of primitive list")
      }
      changes[key] = nil
      found.append((String(key.dropFirst(prefix.count)), list))
    }
    return found
  }

  private func merge(
    _ original: [JSONValue], _ changes: [JSONValue], _ list: Schema
  ) throws(APIError) -> [JSONValue] {
    let key = ElementKey(of: list)
    switch key {
    case .none: return changes
    case .value:
      return key.arrange(original + changes.filter { !original.contains($0) }, by: changes, then: original)
    case .member(let name):
      let plain = changes.filter { $0["$patch"] == nil }
      var merged = original
      for change in changes {
        guard let directive = change["$patch"]?.string else { continue }
        switch directive {
        case "replace": return plain
        case "delete":
          guard let identity = change[name] else { throw .missingMergeKey(name, in: change) }
          merged.removeAll { $0[name] == identity }
        default: throw .badRequest("unknown patch type: \(directive) in map: \(change.text())")
        }
      }
      for change in plain {
        guard change[name] != nil else { throw .missingMergeKey(name, in: change) }
        if let index = merged.firstIndex(where: { key.tellsSame($0, change) }) {
          merged[index] = try merge(merged[index], change, list.element ?? .any)
        } else {
          merged.append(try merge(.null, change, list.element ?? .any))
        }
      }
      return key.arrange(merged, by: plain, then: original)
    }
  }
}

/// By what a strategic merge patch tells the elements of a list apart.
private enum ElementKey {
  /// Not at all: the list is replaced.
  case none
  case value
  case member(String)

  init(of list: Schema?) {
    switch list?.listType {
    case .set: self = .value
    case .map(let keys): self = keys.first.map(ElementKey.member) ?? .none
    default: self = .none
    }
  }

  func tellsSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
    if case .member(let name) = self, one.object != nil { one[name] == other[name] } else { one == other }
  }

  /// Puts the elements that `order` names into its order, and among them the others: before an element that they were
  /// before in the original list.
  func arrange(_ list: [JSONValue], by order: [JSONValue], then original: [JSONValue]) -> [JSONValue] {
    func place(_ value: JSONValue, in list: [JSONValue]) -> Int? { list.firstIndex { tellsSame($0, value) } }
    let named = list.filter { place($0, in: order) != nil }
      .sorted { (place($0, in: order) ?? 0) < (place($1, in: order) ?? 0) }
    var others = list.filter { place($0, in: order) == nil }[...]
    var result: [JSONValue] = []
    for element in named {
      while let other = others.first, let before = place(other, in: original),
        let place = place(element, in: original), before < place
      {
        result.append(other)
        others.removeFirst()
      }
      result.append(element)
    }
    return result + others
  }
}

extension APIError {
  fileprivate static func missingMergeKey(_ key: String, in change: JSONValue) -> APIError {
    .badRequest("map: \(change.text()) does not contain declared merge key: \(key)")
  }

  /// 422 for a patch that does not fit the object. Kubernetes says no more than the message; the cause says why.
  static func unprocessable(_ why: String, field: String) -> APIError {
    APIError(
      code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
      details: ["causes": [["reason": "FieldValueInvalid", "message": .string(why), "field": .string(field)]]])
  }

  /// 409 for an apply that names the uid of an object that is gone.
  static func uidMismatch(_ kind: ResourceKind, _ name: String, uid: String) -> APIError {
    APIError(
      code: 409, reason: "Conflict",
      message: "Operation cannot be fulfilled on \(kind.qualifiedPlural) \"\(name)\": uid mismatch: the provided "
        + "object specified uid \(uid), and no existing object was found")
  }
}
