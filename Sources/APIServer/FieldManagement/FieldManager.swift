package import JSON

/// Keeps account of who owns the fields of objects of one kind, and merges what appliers want with what is there.
///
/// Follows "Server-Side Apply" of the Kubernetes documentation. A pure value: objects in, objects out; an object's
/// account is its `metadata.managedFields`.
package struct FieldManager: Sendable {
  package var schema: Schema
  package var apiVersion: String
  /// The subresource that is written; empty for the object itself.
  package var subresource = ""
  /// What every object of the kind has, so that nobody becomes the owner of it by leaving it empty.
  package var blank: JSONValue = [:]
  /// Fields that a write of this kind does not change, whatever it says of them.
  package var ignored = FieldSet()

  package init(
    schema: Schema, apiVersion: String, subresource: String = "", blank: JSONValue = [:], ignored: FieldSet = FieldSet()
  ) {
    self.schema = schema
    self.apiVersion = apiVersion
    self.subresource = subresource
    self.blank = blank
    self.ignored = ignored
  }

  /// Fields that have no owner: they name the object or are the server's.
  static let unowned = FieldSet(
    [["apiVersion"], ["kind"], ["metadata"]].map { $0.map(PathElement.field) }
      + [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields",
        "resourceVersion",
      ].map { [.field("metadata"), .field($0)] })

  /// The account of an object after a write that is no apply: the manager owns what the write changed.
  ///
  /// - Parameters:
  ///   - live: the object before, nil when it is created.
  ///   - new: the object after; an account that it carries replaces the live one, an empty one resets it.
  /// - Returns: what `metadata.managedFields` has to be; nil when it has to be absent.
  package func update(_ live: JSONValue?, to new: JSONValue, manager: String, time: String) -> JSONValue? {
    var managed = startingPoint(live, new)
    // An object that nobody keeps account of stays so until it is applied.
    if managed.isEmpty, live != nil { return nil }
    takeOver(live, new, manager: manager, time: time, in: &managed)
    managed.capUpdaters()
    return managed.list
  }

  /// The account that a write starts from.
  private func startingPoint(_ live: JSONValue?, _ new: JSONValue) -> ManagedFields {
    let before = ManagedFields(live?[at: ["metadata", "managedFields"]]) ?? ManagedFields()
    guard subresource.isEmpty, let given = new[at: ["metadata", "managedFields"]]?.array else { return before }
    if given.isEmpty || given == [[:]] { return ManagedFields() }
    guard let managed = ManagedFields(.array(given)), !managed.isEmpty else { return before }
    return managed
  }

  func takeOver(
    _ live: JSONValue?, _ new: JSONValue, manager: String, time: String, in managed: inout ManagedFields
  ) {
    let change = comparison(live, new)
    release(change, from: &managed)
    let owner = FieldOwner(
      manager.isEmpty ? "unknown" : manager, .update, apiVersion: apiVersion, subresource: subresource)
    let taken = change.modified.union(change.added).subtracting(change.removed).subtracting(Self.unowned)
    guard !taken.isEmpty else { return }
    let before = managed.entries[owner]?.fields ?? FieldSet()
    managed.set(taken.union(before), for: owner, apiVersion: apiVersion, time: time)
  }

  /// Takes what changed or went from all owners but one.
  func release(_ change: FieldComparison, from managed: inout ManagedFields, except applier: FieldOwner? = nil) {
    let changed = change.modified.union(change.added)
    for (owner, entry) in managed.entries where owner != applier {
      guard entry.apiVersion == apiVersion else {
        managed.entries[owner] = nil
        continue
      }
      let rest = entry.fields.subtracting(entry.fields.intersection(changed)).subtracting(change.removed)
      managed.set(rest, for: owner, apiVersion: entry.apiVersion)
    }
  }

  /// What a write changes, apart from what it cannot.
  func comparison(_ live: JSONValue?, _ new: JSONValue) -> FieldComparison {
    FieldComparison(from: plain(live), to: plain(new), schema: schema).excluding(ignored)
  }

  /// An object as it is compared: without its account, with what every object has.
  private func plain(_ object: JSONValue?) -> JSONValue {
    var object = object ?? [:]
    object[at: ["metadata", "managedFields"]] = nil
    if object["metadata"] == nil { object["metadata"] = [:] }
    return object.filled(from: blank)
  }
}
