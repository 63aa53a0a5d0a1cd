package import JSON

/// The objects of one endpoint under the rules of the API: a pure value that turns requests into store writes.
///
/// Names, versions, defaults and validation are checked here; who is told about a write is the endpoint's business.
package struct Registry: Sendable {
  package let catalog: KindCatalog
  package var store: ResourceStore

  package init(catalog: KindCatalog, store: ResourceStore) {
    self.catalog = catalog
    self.store = store
  }

  /// - Parameter revision: the state that is asked for; nil means after the last write.
  package func get(
    _ kind: ResourceKind, _ name: ObjectName, at revision: UInt64? = nil
  ) throws(APIError) -> StoredObject {
    let object = revision.map { store.object(kind.id, name, at: $0) } ?? store[kind.id, name]
    guard let object else { throw .notFound(kind, name.name) }
    return object
  }

  /// Creates an object; `metadata.generateName` is completed from the sequence of writes.
  package mutating func create(
    _ kind: ResourceKind, in namespace: String, _ body: JSONValue, by writer: Writer, unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    try create(kind, in: namespace, body, by: writer, .update(writer, nil), unixSeconds: unixSeconds)
  }

  mutating func create(
    _ kind: ResourceKind, in namespace: String, _ body: JSONValue, by writer: Writer, _ account: FieldAccount,
    unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    let admission = Admission(unixSeconds: unixSeconds, sequence: store.revision + 1)
    var object = try ObjectShape.checked(body, kind: kind, namespace: namespace)
    if object[at: ["metadata", "name"]]?.string?.isEmpty ?? true,
      let prefix = object[at: ["metadata", "generateName"]]?.string, !prefix.isEmpty
    {
      object[at: ["metadata", "name"]] = .string(prefix + NameSuffix.text(for: admission.sequence))
    }
    let name = ObjectName(namespace: namespace, name: object[at: ["metadata", "name"]]?.string ?? "")
    if !writer.isController, object[at: ["metadata", "resourceVersion"]]?.string?.isEmpty == false {
      throw .versionOnCreation
    }
    try admit(creationOf: kind, name)
    if store[kind.id, name] != nil { throw .alreadyExists(kind, name.name) }
    if !writer.isController, kind.subresources.contains(.status) { object["status"] = nil }
    object[at: ["metadata", "uid"]] = .string(ObjectUID.text(kind: kind.id, name: name, admission: admission))
    object[at: ["metadata", "creationTimestamp"]] = .string(RFC3339.text(unixSeconds: unixSeconds))
    for field in ["resourceVersion", "deletionTimestamp", "selfLink"] {
      object[at: ["metadata", field]] = nil
    }
    object[at: ["metadata", "generation"]] = kind.tracksGeneration ? JSONValue.integer(1) : JSONValue?.none
    let request = object
    fillDefaults(of: &object, replacing: nil, kind: kind, unixSeconds: unixSeconds)
    keepAccount(of: &object, request: request, replacing: nil, account, kind: kind, unixSeconds: unixSeconds)
    try check(object, replacing: nil, kind: kind, unixSeconds: unixSeconds)
    return store.put(object, kind: kind.id, name: name)
  }

  /// Replaces an object, or what a subresource shows of it. A write that changes nothing takes no revision.
  package mutating func update(
    _ kind: ResourceKind, _ name: ObjectName, _ body: JSONValue, subresource: ResourceKind.Subresource? = nil,
    by writer: Writer, unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    try update(
      kind, name, body, subresource: subresource, by: writer, .update(writer, subresource), unixSeconds: unixSeconds)
  }

  mutating func update(
    _ kind: ResourceKind, _ name: ObjectName, _ body: JSONValue, subresource: ResourceKind.Subresource?,
    by writer: Writer, _ account: FieldAccount, unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    let old = try get(kind, name)
    var object = try ObjectShape.checked(body, kind: kind, name: name, subresource: subresource)
    let version = object[at: ["metadata", "resourceVersion"]]?.string ?? ""
    if version.isEmpty, kind.isCustom, !writer.isController {
      throw .invalid(
        kind, name.name, [.invalid("metadata.resourceVersion", "0x0", "must be specified for an update")])
    }
    if !version.isEmpty, version != String(old.revision) { throw .conflict(kind, name.name) }
    if let uid = object[at: ["metadata", "uid"]]?.string, old.uid != uid {
      throw .conflict(kind, name, uid: uid, found: old.uid)
    }
    let given = object[at: ["metadata", "managedFields"]]
    switch subresource {
    case .scale:
      let replicas = object[at: ["spec", "replicas"]]?.integer ?? 0
      object = old.value
      object[at: ["spec", "replicas"]] = .integer(replicas)
    case .status:
      let status = object["status"]
      object = old.value
      object["status"] = status
    case .finalize:
      let finalizers = object[at: ["spec", "finalizers"]]
      object = old.value
      object["spec"] = finalizers?.array?.isEmpty ?? true ? [:] : ["finalizers": finalizers ?? []]
    case nil:
      if !writer.isController, kind.subresources.contains(.status) { object["status"] = old.value["status"] }
      if Self.isNamespace(kind) { object["spec"] = old.value["spec"] }
    }
    object[at: ["metadata", "managedFields"]] = given
    return try replace(old, with: object, account, kind: kind, name: name, unixSeconds: unixSeconds)
  }

  private mutating func replace(
    _ old: StoredObject, with new: JSONValue, _ account: FieldAccount, kind: ResourceKind, name: ObjectName,
    unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    var object = new
    for field in ["uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds"] {
      object[at: ["metadata", field]] = old.value[at: ["metadata", field]]
    }
    object[at: ["metadata", "resourceVersion"]] = old.value[at: ["metadata", "resourceVersion"]]
    object[at: ["metadata", "selfLink"]] = nil
    let request = object
    fillDefaults(of: &object, replacing: old.value, kind: kind, unixSeconds: unixSeconds)
    keepAccount(of: &object, request: request, replacing: old.value, account, kind: kind, unixSeconds: unixSeconds)
    try check(object, replacing: old.value, kind: kind, unixSeconds: unixSeconds)
    if kind.tracksGeneration, object["spec"] != old.value["spec"] {
      object[at: ["metadata", "generation"]] = .integer((old.value[at: ["metadata", "generation"]]?.integer ?? 0) + 1)
    }
    if isFinished(object, kind: kind) {
      return StoredObject(object, revision: store.remove(kind: kind.id, name: name)?.revision ?? old.revision)
    }
    return object == old.value ? old : store.put(object, kind: kind.id, name: name)
  }

  private func fillDefaults(
    of object: inout JSONValue, replacing old: JSONValue?, kind: ResourceKind, unixSeconds: Int64
  ) {
    kind.rules.fillDefaults(&object, old, admission(unixSeconds))
  }

  /// Holds what the store holds, so it must not live on until the write: the store would be copied.
  private func admission(_ unixSeconds: Int64) -> Admission {
    var admission = Admission(unixSeconds: unixSeconds, sequence: store.revision + 1)
    admission.allotted = store.allotments
    return admission
  }

  private func check(
    _ object: JSONValue, replacing old: JSONValue?, kind: ResourceKind, unixSeconds: Int64
  ) throws(APIError) {
    let errors =
      ObjectShape.metadataErrors(object, kind: kind) + OwnershipRules.errors(object, replacing: old, kind: kind)
      + kind.rules.validate(object, old, admission(unixSeconds))
    if !errors.isEmpty { throw .invalid(kind, object[at: ["metadata", "name"]]?.string ?? "", errors) }
  }
}
