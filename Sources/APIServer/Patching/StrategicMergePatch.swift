package import JSON

/// A strategic merge patch: a merge patch that knows which lists are maps by a key, with Kubernetes' directives
/// `$patch`, `$retainKeys`, `$deleteFromPrimitiveList` and `$setElementOrder`.
///
/// Follows "Update API Objects in Place Using kubectl patch" and the API machinery's strategic-merge-patch notes.
package struct StrategicMergePatch: Sendable {
  private let patch: JSONValue
  private let strategies: [String: ListStrategy]

  /// - Parameter strategies: how lists merge, by the dotted path of the list; lists not named are replaced.
  package init(_ patch: JSONValue, strategies: [String: ListStrategy]) {
    self.patch = patch
    self.strategies = strategies.merging(Self.metadataStrategies) { own, _ in own }
  }

  package func apply(to object: JSONValue) -> JSONValue { merge(object, patch, at: "") }

  private static let metadataStrategies: [String: ListStrategy] = [
    "metadata.finalizers": .set, "metadata.ownerReferences": .byKey("uid"),
  ]

  private func merge(_ original: JSONValue, _ patch: JSONValue, at path: String) -> JSONValue {
    guard var changes = patch.object else { return patch }
    if let directive = changes.removeValue(forKey: "$patch")?.string {
      if directive == "replace" { return .object(changes) }
      if directive == "delete" { return [:] }
    }
    var members = original.object ?? [:]
    if let retained = changes.removeValue(forKey: "$retainKeys")?.array {
      members = members.filter { retained.contains(.string($0.key)) }
    }
    var orders: [String: [JSONValue]] = [:]
    for (key, value) in changes where key.hasPrefix("$") {
      changes[key] = nil
      let field = String(key.drop { $0 != "/" }.dropFirst())
      if key.hasPrefix("$deleteFromPrimitiveList/"), let removed = value.array, let list = members[field]?.array {
        members[field] = .array(list.filter { !removed.contains($0) })
      } else if key.hasPrefix("$setElementOrder/") {
        orders[field] = value.array
      }
    }
    for (key, change) in changes {
      if case .null = change {
        members[key] = nil
        continue
      }
      let childPath = path.isEmpty ? key : "\(path).\(key)"
      members[key] =
        if let elements = change.array {
          mergeList(members[key]?.array ?? [], elements, at: childPath)
        } else {
          merge(members[key] ?? .null, change, at: childPath)
        }
    }
    for (field, order) in orders {
      if let list = members[field]?.array {
        members[field] = .array(sort(list, by: order, at: path.isEmpty ? field : "\(path).\(field)"))
      }
    }
    return .object(members)
  }

  private func mergeList(_ original: [JSONValue], _ changes: [JSONValue], at path: String) -> JSONValue {
    switch strategies[path] {
    case nil:
      return .array(changes)
    case .set:
      return .array(original + changes.filter { !original.contains($0) })
    case .byKey(let key):
      if changes.contains(where: { $0["$patch"] == "replace" && $0[key] == nil }) {
        return .array(changes.filter { $0["$patch"] == nil })
      }
      var list = original
      for change in changes {
        guard let identity = change[key] else { continue }
        let index = list.firstIndex { $0[key] == identity }
        if change["$patch"] == "delete" {
          list.removeAll { $0[key] == identity }
        } else if let index {
          list[index] = merge(list[index], change, at: path)
        } else {
          list.append(merge(.null, change, at: path))
        }
      }
      return .array(list)
    }
  }

  /// Puts the elements that the order names into that order; the others keep their places after them.
  private func sort(_ list: [JSONValue], by order: [JSONValue], at path: String) -> [JSONValue] {
    var key: String?
    if case .byKey(let name) = strategies[path] { key = name }
    func place(_ value: JSONValue) -> Int {
      order.firstIndex { element in
        if let key { element[key] == value[key] } else { element == value }
      } ?? order.count
    }
    return list.enumerated()
      .sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
      .map(\.element)
  }
}
