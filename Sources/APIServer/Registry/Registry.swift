package import JSON

/// The objects of one endpoint under the rules of the API: a pure value that turns requests into store writes.
///
/// Names, versions, defaults and validation are checked here; who is told about a write is the endpoint's business.
package struct Registry: Sendable {
  package let catalog: KindCatalog
  package private(set) var store: ResourceStore

  /// Who writes: a client cannot set a status but through the subresource, a controller of the same process can.
  package enum Writer: Sendable { case client, controller }

  package init(catalog: KindCatalog, store: ResourceStore) {
    self.catalog = catalog
    self.store = store
  }

  package func get(_ kind: ResourceKind, _ name: ObjectName) throws(APIError) -> StoredObject {
    guard let object = store[kind.id, name] else { throw .notFound(kind, name.name) }
    return object
  }

  /// - Parameter limit: how many objects a page may hold; nil means all.
  package func list(
    _ kind: ResourceKind, _ selection: Selection, limit: Int? = nil, continuing token: ContinueToken? = nil
  ) throws(APIError) -> ListPage {
    if let token, store.events(after: token.revision) == nil {
      throw .expired(token.revision, current: store.revision)
    }
    let limit = limit.map { max(1, $0) } ?? .max
    var page = ListPage(objects: [], revision: token?.revision ?? store.revision)
    var beyond = 0
    for object in store.objects(of: kind.id, in: selection.namespace, after: token?.last)
    where selection.contains(object) {
      if page.objects.count < limit { page.objects.append(object) } else { beyond += 1 }
    }
    if beyond > 0, let last = page.objects.last {
      page.remaining = beyond
      page.continueToken = ContinueToken(
        revision: page.revision, last: ObjectName(namespace: last.namespace, name: last.name))
    }
    return page
  }

  /// Creates an object; `metadata.generateName` is completed from the sequence of writes.
  package mutating func create(
    _ kind: ResourceKind, in namespace: String, _ body: JSONValue, by writer: Writer, unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    let admission = Admission(unixSeconds: unixSeconds, sequence: store.revision + 1)
    var object = try ObjectShape.checked(body, kind: kind, namespace: namespace)
    if object[at: ["metadata", "name"]]?.string?.isEmpty ?? true,
      let prefix = object[at: ["metadata", "generateName"]]?.string, !prefix.isEmpty
    {
      object[at: ["metadata", "name"]] = .string(prefix + NameSuffix.text(for: admission.sequence))
    }
    let name = ObjectName(namespace: namespace, name: object[at: ["metadata", "name"]]?.string ?? "")
    if !namespace.isEmpty, let namespaces = catalog.kind(group: "", version: "v1", plural: "namespaces"),
      store[namespaces.id, ObjectName(name: namespace)] == nil
    {
      throw .notFound(namespaces, namespace)
    }
    if store[kind.id, name] != nil { throw .alreadyExists(kind, name.name) }
    if writer == .client, kind.subresources.contains(.status) { object["status"] = nil }
    object[at: ["metadata", "uid"]] = .string(ObjectUID.text(kind: kind.id, name: name, admission: admission))
    object[at: ["metadata", "creationTimestamp"]] = .string(RFC3339.text(unixSeconds: unixSeconds))
    for field in ["resourceVersion", "deletionTimestamp", "managedFields", "selfLink"] {
      object[at: ["metadata", field]] = nil
    }
    object[at: ["metadata", "generation"]] = kind.tracksGeneration ? JSONValue.integer(1) : JSONValue?.none
    kind.rules.fillDefaults(&object, nil, admission)
    try check(object, replacing: nil, kind: kind)
    return store.put(object, kind: kind.id, name: name)
  }

  /// Replaces an object, or what a subresource shows of it. A write that changes nothing takes no revision.
  package mutating func update(
    _ kind: ResourceKind, _ name: ObjectName, _ body: JSONValue, subresource: ResourceKind.Subresource? = nil,
    by writer: Writer, unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    let old = try get(kind, name)
    var object = try ObjectShape.checked(body, kind: kind, name: name, subresource: subresource)
    let version = object[at: ["metadata", "resourceVersion"]]?.string ?? ""
    if version.isEmpty, kind.isCustom, writer == .client {
      throw .invalid(
        kind, name.name, [.invalid("metadata.resourceVersion", "0x0", "must be specified for an update")])
    }
    if !version.isEmpty, version != String(old.revision) { throw .conflict(kind, name.name) }
    if let uid = object[at: ["metadata", "uid"]]?.string, old.value[at: ["metadata", "uid"]]?.string != uid {
      throw .conflict(kind, name.name)
    }
    switch subresource {
    case .scale:
      let replicas = object[at: ["spec", "replicas"]]?.integer ?? 0
      object = old.value
      object[at: ["spec", "replicas"]] = .integer(replicas)
    case .status:
      let status = object["status"]
      object = old.value
      object["status"] = status
    case nil:
      if writer == .client, kind.subresources.contains(.status) { object["status"] = old.value["status"] }
    }
    return try replace(old, with: object, kind: kind, name: name, unixSeconds: unixSeconds)
  }

  package mutating func patch(
    _ kind: ResourceKind, _ name: ObjectName, _ patch: Patch, subresource: ResourceKind.Subresource? = nil,
    by writer: Writer, unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    let old = try get(kind, name)
    let base = subresource == .scale ? Scale.object(of: old) : old.value
    let patched = try patch.apply(to: base, strategies: kind.listStrategies)
    return try update(kind, name, patched, subresource: subresource, by: writer, unixSeconds: unixSeconds)
  }

  /// Removes an object, or marks it as going while it has finalizers; a namespace takes its objects with it.
  ///
  /// - Returns: the object as it last stood, and whether it is gone.
  package mutating func delete(
    _ kind: ResourceKind, _ name: ObjectName, preconditions: JSONValue? = nil, unixSeconds: Int64
  ) throws(APIError) -> (object: StoredObject, isGone: Bool) {
    let old = try get(kind, name)
    for field in ["uid", "resourceVersion"] {
      if let wanted = preconditions?[field], wanted != old.value[at: ["metadata", field]] {
        throw .conflict(kind, name.name)
      }
    }
    if let finalizers = old.value[at: ["metadata", "finalizers"]]?.array, !finalizers.isEmpty {
      guard old.value[at: ["metadata", "deletionTimestamp"]] == nil else { return (old, false) }
      var object = old.value
      object[at: ["metadata", "deletionTimestamp"]] = .string(RFC3339.text(unixSeconds: unixSeconds))
      object[at: ["metadata", "deletionGracePeriodSeconds"]] = 0
      return (store.put(object, kind: kind.id, name: name), false)
    }
    if kind.group.isEmpty, kind.plural == "namespaces" {
      for inside in catalog.kinds where inside.scope == .namespaced {
        for object in Array(store.objects(of: inside.id, in: name.name)) {
          store.remove(kind: inside.id, name: ObjectName(namespace: object.namespace, name: object.name))
        }
      }
    }
    return (store.remove(kind: kind.id, name: name) ?? old, true)
  }

  private mutating func replace(
    _ old: StoredObject, with new: JSONValue, kind: ResourceKind, name: ObjectName, unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    var object = new
    for field in ["uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds"] {
      object[at: ["metadata", field]] = old.value[at: ["metadata", field]]
    }
    object[at: ["metadata", "resourceVersion"]] = old.value[at: ["metadata", "resourceVersion"]]
    for field in ["managedFields", "selfLink"] { object[at: ["metadata", field]] = nil }
    kind.rules.fillDefaults(
      &object, old.value, Admission(unixSeconds: unixSeconds, sequence: store.revision + 1))
    try check(object, replacing: old.value, kind: kind)
    if kind.tracksGeneration, object["spec"] != old.value["spec"] {
      object[at: ["metadata", "generation"]] = .integer((old.value[at: ["metadata", "generation"]]?.integer ?? 0) + 1)
    }
    let isGoing = object[at: ["metadata", "deletionTimestamp"]] != nil
    if isGoing, object[at: ["metadata", "finalizers"]]?.array?.isEmpty ?? true {
      return store.remove(kind: kind.id, name: name) ?? old
    }
    return object == old.value ? old : store.put(object, kind: kind.id, name: name)
  }

  private func check(_ object: JSONValue, replacing old: JSONValue?, kind: ResourceKind) throws(APIError) {
    let errors = ObjectShape.metadataErrors(object, kind: kind) + kind.rules.validate(object, old)
    if !errors.isEmpty { throw .invalid(kind, object[at: ["metadata", "name"]]?.string ?? "", errors) }
  }
}
