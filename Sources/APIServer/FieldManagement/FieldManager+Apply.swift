package import JSON

extension FieldManager {
  /// The object after a configuration was applied: merged with it, without what the manager applied before and no
  /// longer does and nobody else owns, and with its account kept in `metadata.managedFields`.
  ///
  /// - Parameters:
  ///   - live: the object before; nil when applying creates it.
  ///   - force: takes fields from other owners where the values differ.
  /// - Throws: ``ApplyConflict`` when other owners have other values and the apply is not forced.
  package func apply(
    _ configuration: JSONValue, to live: JSONValue?, manager: String, force: Bool, time: String
  ) throws(ApplyConflict) -> JSONValue {
    do {
      return try applyOnce(configuration, to: live, manager: manager, force: force, time: time)
    } catch {
      // kubectl may go over from its own annotation to this account without meeting itself in conflicts.
      guard manager == LastApplied.manager, let live, let allowed = LastApplied.fields(of: live, as: self) else {
        throw error
      }
      let rest = error.conflicts.filter { !allowed.contains($0.path) }
      guard rest.isEmpty else { throw ApplyConflict(conflicts: rest) }
      return try applyOnce(configuration, to: live, manager: manager, force: true, time: time)
    }
  }

  private func applyOnce(
    _ configuration: JSONValue, to live: JSONValue?, manager: String, force: Bool, time: String
  ) throws(ApplyConflict) -> JSONValue {
    var managed = ManagedFields(live?[at: ["metadata", "managedFields"]]) ?? ManagedFields()
    if managed.isEmpty, let live { takeOver(nil, live, manager: "before-first-apply", time: time, in: &managed) }
    let owner = FieldOwner(manager, .apply, apiVersion: apiVersion, subresource: subresource)
    let last = managed.entries[owner]
    let wanted = FieldSet(of: configuration, schema: schema).subtractingWithContents(ignored)
    managed.entries[owner] = ManagedFields.Entry(fields: wanted, apiVersion: apiVersion, time: last?.time)

    var base = live ?? [:]
    base[at: ["metadata", "managedFields"]] = nil
    var object = base.applying(configuration, schema: schema)
    if let last, last.apiVersion == apiVersion {
      object = pruned(object, last: last.fields, managed: managed)
    }
    let change = comparison(live, object)
    let conflicts = Self.conflicts(change, managed, except: owner)
    if !force, !conflicts.isEmpty { throw ApplyConflict(conflicts: conflicts) }
    release(change, from: &managed, except: owner)
    managed.set(wanted.subtracting(Self.unowned), for: owner, apiVersion: apiVersion, time: time)
    if manager == LastApplied.manager { LastApplied.refresh(&object, from: configuration) }
    object[at: ["metadata", "managedFields"]] = managed.list
    return object
  }

  /// The merged object without what the applier has given up: fields of its last configuration that no owner, itself
  /// included, has now.
  private func pruned(_ merged: JSONValue, last: FieldSet, managed: ManagedFields) -> JSONValue {
    let given = last.withNamedFields(schema)
    let rest = merged.removing(given, schema: schema) ?? [:]
    let owned = managed.entries.values.filter { $0.apiVersion == apiVersion }
      .reduce(FieldSet()) { $0.union($1.fields) }.withNamedFields(schema)
    let all = FieldSet(of: merged, schema: schema).withNamedFields(schema)
    let kept = FieldSet(of: rest, schema: schema).withNamedFields(schema)
    let unowned = all.subtracting(kept.union(owned))
    let withOwned = merged.removing(unowned, schema: schema) ?? [:]
    let left = FieldSet(of: withOwned, schema: schema).withNamedFields(schema)
    return merged.removing(all.subtracting(left).intersection(given), schema: schema) ?? [:]
  }

  private static func conflicts(
    _ change: FieldComparison, _ managed: ManagedFields, except applier: FieldOwner
  ) -> [ApplyConflict.Conflict] {
    let changed = change.modified.union(change.added)
    return managed.entries.keys.sorted().filter { $0 != applier }.flatMap { owner in
      (managed.entries[owner]?.fields.intersection(changed).paths ?? [])
        .map { ApplyConflict.Conflict(owner: owner, path: $0) }
    }
  }
}
