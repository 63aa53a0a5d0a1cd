import JSON

extension Registry {
  /// What a patch made.
  package struct Patched: Sendable {
    package var object: StoredObject
    /// True when an apply created the object.
    package var isNew = false
    /// What was odd about the patch but did not stop it.
    package var warnings: [String] = []
  }

  /// Changes an object, or what a subresource shows of it; an apply creates it when there is none.
  ///
  /// - Parameter validation: what becomes of fields that the kind does not know.
  package mutating func patch(
    _ kind: ResourceKind, _ name: ObjectName, _ patch: Patch, subresource: ResourceKind.Subresource? = nil,
    by writer: Writer, validation: FieldValidation = .ignore, unixSeconds: Int64
  ) throws(APIError) -> Patched {
    if case .apply(let configuration, let force) = patch {
      return try apply(
        configuration, kind, name, subresource: subresource, force: force, by: writer, unixSeconds: unixSeconds)
    }
    let old = try get(kind, name)
    let base = subresource == .scale ? Scale.object(of: old) : old.value
    var patched = try patch.apply(to: base, schema: kind.schema ?? .any)
    if let uid = patched[at: ["metadata", "uid"]]?.string, uid != old.uid {
      throw .invalid(kind, name.name, [.invalid("metadata.uid", "\"\(uid)\"", "field is immutable")])
    }
    var warnings: [String] = []
    if !writer.isController, subresource != .scale {
      let check = SchemaCheck(patched, of: kind)
      warnings = try validation.judge(patched: check, kind)
      patched = check.value
    }
    let object = try update(
      kind, name, patched, subresource: subresource, by: writer, .update(writer, subresource),
      unixSeconds: unixSeconds)
    return Patched(object: object, warnings: warnings)
  }

  private mutating func apply(
    _ configuration: JSONValue, _ kind: ResourceKind, _ name: ObjectName, subresource: ResourceKind.Subresource?,
    force: Bool, by writer: Writer, unixSeconds: Int64
  ) throws(APIError) -> Patched {
    guard catalog.tracksFields, subresource != .scale else {
      throw .unsupportedMediaType(accepted: Patch.mediaTypes(for: kind, tracksFields: false))
    }
    let live = store[kind.id, name]
    if live == nil, subresource != nil { throw .notFound(kind, name.name) }
    if live == nil, let refusal = writer.creationRefusal { throw refusal }
    let wanted = try AppliedConfiguration.checked(configuration, kind: kind, name: name)
    let time = RFC3339.text(unixSeconds: unixSeconds)
    let object: JSONValue
    do throws(ApplyConflict) {
      let merged = try kind.fieldManager(subresource).apply(
        wanted, to: live?.value, manager: writer.manager, force: force, time: time)
      object = SchemaCheck(merged, of: kind).value
    } catch {
      throw error.error
    }
    if live == nil {
      if let uid = object[at: ["metadata", "uid"]]?.string { throw .uidMismatch(kind, name.name, uid: uid) }
      let named = try ObjectShape.checked(object, kind: kind, name: name, subresource: nil)
      let created = try create(kind, in: name.namespace, named, by: writer, .settled, unixSeconds: unixSeconds)
      return Patched(object: created, isNew: true)
    }
    let updated = try update(
      kind, name, object, subresource: subresource, by: writer, .settled, unixSeconds: unixSeconds)
    return Patched(object: updated)
  }
}
