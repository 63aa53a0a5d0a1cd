import JSON

/// How a write comes by the account of an object's fields.
enum FieldAccount {
  /// The writer owns what the write changes.
  case update(Registry.Writer, ResourceKind.Subresource?)
  /// The object carries the account already.
  case settled
}

extension Registry {
  /// Brings `metadata.managedFields` up to date, or removes it where no account is kept.
  ///
  /// - Parameter request: the object before the server filled in anything.
  func keepAccount(
    of object: inout JSONValue, request: JSONValue, replacing old: JSONValue?, _ account: FieldAccount,
    kind: ResourceKind, unixSeconds: Int64
  ) {
    let path = ["metadata", "managedFields"]
    guard catalog.tracksFields else {
      object[at: path] = nil
      return
    }
    if case .update(let writer, let subresource) = account {
      object[at: path] = kind.fieldManager(subresource).update(
        old, to: kind.withoutAllotments(object, request: request), manager: writer.manager,
        time: RFC3339.text(unixSeconds: unixSeconds))
    }
    // A new time alone is no change.
    if let before = old?[at: path], ManagedFields.differOnlyInTime(before, object[at: path]) {
      var rest = object
      rest[at: path] = before
      if rest == old { object = rest }
    }
  }
}
