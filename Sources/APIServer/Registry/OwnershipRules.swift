import JSON

/// What `metadata.finalizers` and `metadata.ownerReferences` must look like.
enum OwnershipRules {
  /// - Parameter old: the object that is being replaced; nil on creation.
  static func errors(_ object: JSONValue, replacing old: JSONValue?, kind: ResourceKind) -> [FieldError] {
    finalizers(object, kind) + lateFinalizers(object, old) + owners(object)
  }

  private static func finalizers(_ object: JSONValue, _ kind: ResourceKind) -> [FieldError] {
    let standard = [Finalizers.foreground, Finalizers.orphan, Finalizers.namespaceContent]
    return Finalizers.of(object).enumerated().compactMap { index, name in
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count < 2, !kind.isCustom, !standard.contains(name) else { return nil }
      return .invalid(
        "metadata.finalizers[\(index)]", "\"\(name)\"",
        "name is neither a standard finalizer name nor is it fully qualified")
    }
  }

  /// An object that is going takes no further finalizers.
  private static func lateFinalizers(_ object: JSONValue, _ old: JSONValue?) -> [FieldError] {
    guard let old, old[at: ["metadata", "deletionTimestamp"]] != nil else { return [] }
    let known = Finalizers.of(old)
    let new = Finalizers.of(object).filter { !known.contains($0) }
    guard !new.isEmpty else { return [] }
    let list = new.map { "\"\($0)\"" }.joined(separator: ", ")
    return [
      .forbidden(
        "metadata.finalizers",
        "no new finalizers can be added if the object is being deleted, found new finalizers []string{\(list)}")
    ]
  }

  private static func owners(_ object: JSONValue) -> [FieldError] {
    let owners = object[at: ["metadata", "ownerReferences"]]?.array ?? []
    var errors: [FieldError] = []
    for owner in owners {
      for (field, what) in [("apiVersion", "version"), ("kind", "kind"), ("name", "name"), ("uid", "uid")]
      where owner[field]?.string?.isEmpty ?? true {
        errors.append(.invalid("metadata.ownerReferences.\(field)", "\"\"", "\(what) must not be empty"))
      }
    }
    let controllers = owners.filter { $0["controller"]?.bool == true }.map { $0["name"]?.string ?? "" }
    if controllers.count > 1 {
      errors.append(
        .invalid(
          "metadata.ownerReferences", JSONValue.array(owners).text(),
          "Only one reference can have Controller set to true. Found \"true\" in references for "
            + "\(controllers[0]) and \(controllers[1])"))
    }
    return errors
  }
}
