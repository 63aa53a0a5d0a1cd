package import JSON

/// What a write did to the fields of an object.
package struct FieldComparison: Hashable, Sendable {
  package private(set) var added = FieldSet()
  package private(set) var modified = FieldSet()
  package private(set) var removed = FieldSet()

  /// Compares two versions of an object; O(n) in their fields, parts that are equal are passed over.
  package init(from old: JSONValue, to new: JSONValue, schema: Schema) { compare(old, new, schema, at: []) }

  /// The comparison without some fields and all that is inside them.
  func excluding(_ fields: FieldSet) -> FieldComparison {
    var result = self
    result.added = added.subtractingWithContents(fields)
    result.modified = modified.subtractingWithContents(fields)
    result.removed = removed.subtractingWithContents(fields)
    return result
  }

  private mutating func compare(_ old: JSONValue?, _ new: JSONValue?, _ schema: Schema, at path: FieldPath) {
    guard old != new, let value = new ?? old else { return }
    let shape = schema.shape(of: value)
    if let old, new != nil, !schema.shape(of: old).isLike(shape), !old.isEmptyContainer, old != .null {
      return compareUnlike(old, value, schema, at: path)
    }
    switch shape {
    case .whole: return note(old, new, at: path)
    case .members, .entries:
      let (before, after) = (old?.object ?? [:], new?.object ?? [:])
      if before.isEmpty, after.isEmpty { return note(old, new, at: path) }
      for key in Set(before.keys).union(after.keys) {
        compare(before[key], after[key], schema[member: key] ?? .any, at: path + [.field(key)])
      }
    case .elements(let element, _):
      let (before, after) = (old?.array ?? [], new?.array ?? [])
      if before.isEmpty, after.isEmpty { return note(old, new, at: path) }
      compareElements(before, after, of: schema, element, at: path)
    }
    if old == nil { added.insert(path) }
    if new == nil { removed.insert(path) }
  }

  /// Elements that occur once are compared one by one; those that occur more often have one owner together.
  private mutating func compareElements(
    _ old: [JSONValue], _ new: [JSONValue], of list: Schema, _ element: Schema, at path: FieldPath
  ) {
    func grouped(_ values: [JSONValue]) -> [PathElement: [JSONValue]] {
      var groups: [PathElement: [JSONValue]] = [:]
      for value in values {
        if let step = list.step(to: value) { groups[step, default: []].append(value) }
      }
      return groups
    }
    let (before, after) = (grouped(old), grouped(new))
    for step in Set(before.keys).union(after.keys) {
      let (olds, news) = (before[step] ?? [], after[step] ?? [])
      switch (olds.count > 1, news.count > 1) {
      case (false, false): compare(olds.first, news.first, element, at: path + [step])
      case (true, true): if olds != news { modified.insert(path + [step]) }
      case (true, false):
        compare(nil, news.first, element, at: path + [step])
        removed.insert(path + [step])
      case (false, true):
        compare(olds.first, nil, element, at: path + [step])
        added.insert(path + [step])
      }
    }
  }

  /// A value that became one of another form: what was inside is gone, what is inside is new.
  private mutating func compareUnlike(_ old: JSONValue, _ new: JSONValue, _ schema: Schema, at path: FieldPath) {
    var inside = self
    inside.added = FieldSet()
    inside.removed = FieldSet()
    inside.compare(old, nil, schema, at: path)
    inside.compare(nil, new, schema, at: path)
    let itself = FieldSet([path])
    added = added.union(inside.added.subtracting(itself))
    removed = removed.union(inside.removed.subtracting(itself))
    modified.insert(path)
  }

  private mutating func note(_ old: JSONValue?, _ new: JSONValue?, at path: FieldPath) {
    if old == nil {
      added.insert(path)
    } else if new == nil {
      removed.insert(path)
    } else {
      modified.insert(path)
    }
  }
}

extension JSONValue {
  /// True for `{}` and `[]`.
  var isEmptyContainer: Bool { object?.isEmpty ?? array?.isEmpty ?? false }
}
