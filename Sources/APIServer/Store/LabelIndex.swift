import JSON

/// Which objects bear which label, so that a selector which names one label's value costs what it finds, not what there is.
struct LabelIndex: Sendable {
  /// One label on objects of one kind.
  struct Label: Hashable, Sendable {
    var kind: KindID
    var key: String
    var value: String
  }

  private var names: [Label: Set<ObjectName>] = [:]

  /// The names of the objects that bear a label, in order.
  func names(bearing label: Label) -> [ObjectName] { names[label]?.sorted() ?? [] }

  mutating func replace(_ old: StoredObject?, with new: StoredObject?, at reference: ObjectReference) {
    let before = old?.value.texts(at: ["metadata", "labels"]) ?? [:]
    let after = new?.value.texts(at: ["metadata", "labels"]) ?? [:]
    guard before != after else { return }
    for (key, value) in before where after[key] != value {
      let label = Label(kind: reference.kind, key: key, value: value)
      names[label]?.remove(reference.name)
      if names[label]?.isEmpty == true { names[label] = nil }
    }
    for (key, value) in after where before[key] != value {
      names[Label(kind: reference.kind, key: key, value: value), default: []].insert(reference.name)
    }
  }
}
