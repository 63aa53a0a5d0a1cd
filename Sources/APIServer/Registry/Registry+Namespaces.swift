import JSON

extension Registry {
  /// The namespaces that Kubernetes never lets go.
  static let lastingNamespaces: Set = ["default", "kube-system", "kube-public"]

  static func isNamespace(_ kind: ResourceKind) -> Bool { kind.group.isEmpty && kind.plural == "namespaces" }

  /// Throws unless objects can be made where `name` is: the namespace exists and is not on its way out.
  func admit(creationOf kind: ResourceKind, _ name: ObjectName) throws(APIError) {
    guard !name.namespace.isEmpty, let namespaces = catalog.kinds.first(where: Self.isNamespace) else { return }
    guard let namespace = store[namespaces.id, ObjectName(name: name.namespace)] else {
      throw .notFound(namespaces, name.namespace)
    }
    guard namespace.isGoing else { return }
    throw .forbidden(
      kind, name.name,
      "unable to create new content in namespace \(name.namespace) because it is being terminated",
      causes: [
        [
          "reason": "NamespaceTerminating", "message": .string("namespace \(name.namespace) is being terminated"),
          "field": "metadata.namespace",
        ]
      ])
  }

  /// Deletes what is in a namespace that is going, and lets it go once nothing is left.
  mutating func empty(namespace name: String, unixSeconds: Int64) {
    guard let namespaces = catalog.kinds.first(where: Self.isNamespace) else { return }
    let reference = ObjectReference(namespaces.id, ObjectName(name: name))
    guard let namespace = store[namespaces.id, reference.name], namespace.isGoing else { return }
    var left: [(kind: ResourceKind, objects: [StoredObject])] = []
    for kind in catalog.kinds where kind.scope == .namespaced {
      for object in Array(store.objects(of: kind.id, in: name)) where !object.isGoing {
        _ = try? delete(kind, ObjectName(namespace: name, name: object.name), unixSeconds: unixSeconds)
      }
      let objects = Array(store.objects(of: kind.id, in: name))
      if !objects.isEmpty { left.append((kind, objects)) }
    }
    var value = namespace.value
    if left.isEmpty {
      let finalizers = value[at: ["spec", "finalizers"]]?.array ?? []
      let others = finalizers.filter { $0.string != Finalizers.namespaceContent }
      value["spec"] = others.isEmpty ? [:] : ["finalizers": .array(others)]
    }
    let conditions = NamespaceConditions.after(value, left: left, unixSeconds: unixSeconds)
    value[at: ["status", "conditions"]] = .array(conditions)
    if isFinished(value, kind: namespaces) {
      store.remove(kind: namespaces.id, name: reference.name)
    } else if value != namespace.value {
      store.put(value, kind: namespaces.id, name: reference.name)
    }
  }
}
