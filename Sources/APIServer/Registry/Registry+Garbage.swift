import JSON

/// Garbage collection: what follows from a write for dependents, for owners that wait for them and for namespaces.
///
/// It is a function over the store that runs with the write, so nobody ever sees the state between. The rules are those
/// of Kubernetes' garbage collector and namespace controller.
extension Registry {
  /// Does what the writes after a revision call for, and what follows from that, until nothing does.
  package mutating func settle(after revision: UInt64, unixSeconds: Int64) {
    var last = revision
    while let event = store.events(after: last)?.first {
      last = event.revision
      follow(event, unixSeconds: unixSeconds)
    }
  }

  private mutating func follow(_ event: StoreEvent, unixSeconds: Int64) {
    let reference = ObjectReference(event.kind, event.name)
    if let object = event.current {
      let owners = Self.owners(of: object)
      let before = event.previous.map(Self.owners) ?? []
      if owners != before {
        collect(reference, unixSeconds: unixSeconds)
        release(before, namespace: event.name.namespace, unixSeconds: unixSeconds)
      }
      if object.isGoing { advance(reference, unixSeconds: unixSeconds) }
    } else if let object = event.previous {
      for dependent in store.dependents(of: object.uid) { collect(dependent, unixSeconds: unixSeconds) }
      release(Self.owners(of: object), namespace: event.name.namespace, unixSeconds: unixSeconds)
    }
    // As at a real server, where the endpoints of a service go with it whoever wrote them.
    if event.kind == ResourceKind.service.id, event.current == nil {
      _ = try? delete(.endpoints, event.name, unixSeconds: unixSeconds)
    }
    if event.kind == ResourceKind.namespace.id {
      if event.current?.isGoing == true { empty(namespace: event.name.name, unixSeconds: unixSeconds) }
    } else if event.current == nil, !event.name.namespace.isEmpty {
      empty(namespace: event.name.namespace, unixSeconds: unixSeconds)
    }
  }

  /// Deletes an object none of whose owners is left or stays; lets it forget those that are gone when another does.
  private mutating func collect(_ reference: ObjectReference, unixSeconds: Int64) {
    guard let object = store[reference.kind, reference.name], !object.isGoing,
      let kind = catalog.kinds.first(where: { $0.id == reference.kind })
    else { return }
    let owners = Self.owners(of: object)
    let states = owners.map { state(of: $0, namespace: reference.name.namespace) }
    if owners.isEmpty { return }
    if states.contains(.stays) {
      let kept = zip(owners, states).filter { $1 == .stays }.map(\.0)
      if kept.count < owners.count { setOwners(kept, of: object, at: reference) }
      return
    }
    let dependents = store.dependents(of: object.uid)
    guard states.contains(.waits), !dependents.isEmpty else {
      _ = try? delete(kind, reference.name, unixSeconds: unixSeconds)
      return
    }
    // Two that own each other would wait for each other for ever.
    if dependents.contains(where: { store[$0.kind, $0.name].map(Self.isWaiting) ?? false }) {
      let unblocked = owners.map { owner in
        var owner = owner
        owner["blockOwnerDeletion"] = false
        return owner
      }
      setOwners(unblocked, of: object, at: reference)
    }
    _ = try? delete(kind, reference.name, DeleteOptions(propagation: .foreground), unixSeconds: unixSeconds)
  }

  /// Takes an object that is going a step further: lets its dependents go, or waits for those that hold it.
  private mutating func advance(_ reference: ObjectReference, unixSeconds: Int64) {
    guard let object = store[reference.kind, reference.name], object.isGoing else { return }
    let finalizers = Finalizers.of(object.value)
    let dependents = store.dependents(of: object.uid)
    if finalizers.contains(Finalizers.orphan) {
      for dependent in dependents {
        guard let child = store[dependent.kind, dependent.name] else { continue }
        setOwners(Self.owners(of: child).filter { $0["uid"]?.string != object.uid }, of: child, at: dependent)
      }
      remove(finalizer: Finalizers.orphan, from: reference)
    } else if finalizers.contains(Finalizers.foreground) {
      let blocking = dependents.filter { dependent in
        store[dependent.kind, dependent.name].map(Self.owners)?
          .contains { $0["uid"]?.string == object.uid && $0["blockOwnerDeletion"]?.bool == true } ?? false
      }
      if blocking.isEmpty { remove(finalizer: Finalizers.foreground, from: reference) }
      for dependent in blocking { collect(dependent, unixSeconds: unixSeconds) }
    }
  }

  /// Looks again at owners that may have waited for a dependent.
  private mutating func release(_ owners: [JSONValue], namespace: String, unixSeconds: Int64) {
    for owner in owners {
      guard let reference = reference(of: owner, namespace: namespace) else { continue }
      advance(reference, unixSeconds: unixSeconds)
    }
  }

  private mutating func setOwners(_ owners: [JSONValue], of object: StoredObject, at reference: ObjectReference) {
    var value = object.value
    value[at: ["metadata", "ownerReferences"]] = owners.isEmpty ? JSONValue?.none : .array(owners)
    store.put(value, kind: reference.kind, name: reference.name)
  }

  private mutating func remove(finalizer: String, from reference: ObjectReference) {
    guard let object = store[reference.kind, reference.name],
      let kind = catalog.kinds.first(where: { $0.id == reference.kind })
    else { return }
    var value = object.value
    Finalizers.set(Finalizers.of(value).filter { $0 != finalizer }, in: &value)
    if isFinished(value, kind: kind) {
      store.remove(kind: reference.kind, name: reference.name)
    } else {
      store.put(value, kind: reference.kind, name: reference.name)
    }
  }
}

// MARK: - Owners

extension Registry {
  private enum OwnerState { case stays, waits, isGone }

  private static func owners(of object: StoredObject) -> [JSONValue] {
    object.value["metadata"]?["ownerReferences"]?.array ?? []
  }

  /// True for an owner that goes once its dependents are gone.
  private static func isWaiting(_ object: StoredObject) -> Bool {
    object.isGoing && Finalizers.of(object.value).contains(Finalizers.foreground)
  }

  /// An owner of a kind that this server does not know counts as staying: nothing is deleted on a guess.
  private func state(of owner: JSONValue, namespace: String) -> OwnerState {
    guard let reference = reference(of: owner, namespace: namespace) else { return .stays }
    guard let object = store[reference.kind, reference.name], object.uid == owner["uid"]?.string else { return .isGone }
    return Self.isWaiting(object) ? .waits : .stays
  }

  private func reference(of owner: JSONValue, namespace: String) -> ObjectReference? {
    let version = (owner["apiVersion"]?.string ?? "").split(separator: "/")
    let group = version.count > 1 ? String(version[0]) : ""
    guard let kind = catalog.kinds.first(where: { $0.group == group && $0.name == owner["kind"]?.string }),
      let name = owner["name"]?.string, kind.scope == .cluster || !namespace.isEmpty
    else { return nil }
    return ObjectReference(kind.id, ObjectName(namespace: kind.scope == .cluster ? "" : namespace, name: name))
  }
}
