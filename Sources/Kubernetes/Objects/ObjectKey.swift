/// The namespace and name by which a cluster knows an object; the namespace is empty for cluster-wide ones.
package struct ObjectKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var namespace: String
  package var name: String

  package init(namespace: String = "", name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// `namespace/name`, or the name alone.
  package var description: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }

  package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}
