import JSON

/// Which objects of a kind a list or a watch is about.
package struct Selection: Hashable, Sendable {
  /// Nil means all namespaces.
  package var namespace: String?
  package var labels: LabelSelector
  package var fields: FieldSelector

  package init(
    namespace: String? = nil, labels: LabelSelector = .everything, fields: FieldSelector = .everything
  ) {
    self.namespace = namespace
    self.labels = labels
    self.fields = fields
  }

  package func contains(_ object: StoredObject) -> Bool {
    if let namespace, object.namespace != namespace { return false }
    if !fields.matches(object.value) { return false }
    return labels.requirements.isEmpty || labels.matches(object.value.texts(at: ["metadata", "labels"]))
  }
}
