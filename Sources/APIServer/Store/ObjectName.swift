/// Where an object stands among those of its kind; the namespace of cluster-scoped objects is empty.
package struct ObjectName: Hashable, Comparable, Sendable {
  package var namespace: String
  package var name: String

  package init(namespace: String = "", name: String) {
    self.namespace = namespace
    self.name = name
  }

  package static func < (left: ObjectName, right: ObjectName) -> Bool {
    left.namespace == right.namespace ? left.name < right.name : left.namespace < right.namespace
  }
}
