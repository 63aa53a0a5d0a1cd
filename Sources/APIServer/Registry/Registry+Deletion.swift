import JSON

extension Registry {
  /// Removes an object, or marks it as going while something holds it: finalizers, dependents that are to go first or to
  /// be let go, a namespace's content.
  ///
  /// What follows from it is ``settle(after:unixSeconds:)``'s business.
  ///
  /// - Returns: the object as it last stood, and whether it is gone.
  package mutating func delete(
    _ kind: ResourceKind, _ name: ObjectName, _ options: DeleteOptions = DeleteOptions(), unixSeconds: Int64
  ) throws(APIError) -> (object: StoredObject, isGone: Bool) {
    let old = try get(kind, name)
    try check(options, against: old, kind)
    if Self.isNamespace(kind), Self.lastingNamespaces.contains(name.name) {
      throw .forbidden(kind, name.name, "this namespace may not be deleted")
    }
    var object = old.value
    let before = Finalizers.of(object)
    let propagation = options.propagation ?? Self.propagation(by: before)
    var finalizers = before.filter { $0 != Finalizers.foreground && $0 != Finalizers.orphan }
    if propagation == .orphan { finalizers.append(Finalizers.orphan) }
    if propagation == .foreground { finalizers.append(Finalizers.foreground) }
    if finalizers != before { Finalizers.set(finalizers, in: &object) }
    if !old.isGoing {
      object[at: ["metadata", "deletionTimestamp"]] = .string(RFC3339.text(unixSeconds: unixSeconds))
      if !Self.isNamespace(kind) { object[at: ["metadata", "deletionGracePeriodSeconds"]] = 0 }
      if let generation = object[at: ["metadata", "generation"]]?.integer {
        object[at: ["metadata", "generation"]] = .integer(generation + 1)
      }
      if Self.isNamespace(kind) { object[at: ["status", "phase"]] = "Terminating" }
    }
    if isFinished(object, kind: kind) { return (store.remove(kind: kind.id, name: name) ?? old, true) }
    return (object == old.value ? old : store.put(object, kind: kind.id, name: name), false)
  }

  /// True when nothing holds an object any longer that is to be deleted.
  func isFinished(_ object: JSONValue, kind: ResourceKind) -> Bool {
    guard object[at: ["metadata", "deletionTimestamp"]] != nil, Finalizers.of(object).isEmpty else { return false }
    return !Self.isNamespace(kind) || object[at: ["spec", "finalizers"]]?.array?.isEmpty ?? true
  }

  private static func propagation(by finalizers: [String]) -> DeleteOptions.Propagation {
    if finalizers.contains(Finalizers.orphan) { return .orphan }
    return finalizers.contains(Finalizers.foreground) ? .foreground : .background
  }

  private func check(
    _ options: DeleteOptions, against object: StoredObject, _ kind: ResourceKind
  ) throws(APIError) {
    if let uid = options.uid, uid != object.uid {
      throw .precondition(
        kind, object.name,
        "the UID in the precondition (\(uid)) does not match the UID in record (\(object.uid)). "
          + "The object might have been deleted and then recreated")
    }
    if let version = options.resourceVersion, version != String(object.revision) {
      throw .precondition(
        kind, object.name,
        "the ResourceVersion in the precondition (\(version)) does not match the ResourceVersion in record "
          + "(\(object.revision)). The object might have been modified")
    }
  }
}
