/// One object of a store: its kind and its name.
package struct ObjectReference: Hashable, Comparable, Sendable {
  package var kind: KindID
  package var name: ObjectName

  package init(_ kind: KindID, _ name: ObjectName) {
    self.kind = kind
    self.name = name
  }

  package static func < (left: ObjectReference, right: ObjectReference) -> Bool {
    if left.kind != right.kind {
      return (left.kind.group, left.kind.plural) < (right.kind.group, right.kind.plural)
    }
    return left.name < right.name
  }
}
