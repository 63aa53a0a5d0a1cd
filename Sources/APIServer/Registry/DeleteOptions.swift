import JSON

/// How an object is deleted (`DeleteOptions`, or the query parameters of the same names).
package struct DeleteOptions: Hashable, Sendable {
  /// The object must be this one, and at this version.
  package var uid: String?
  package var resourceVersion: String?
  /// What becomes of its dependents; nil leaves it to the object's finalizers, then to the background.
  package var propagation: Propagation?
  package var isDryRun = false

  package enum Propagation: String, Hashable, Sendable {
    case foreground = "Foreground"
    case background = "Background"
    case orphan = "Orphan"
  }

  package init(uid: String? = nil, resourceVersion: String? = nil, propagation: Propagation? = nil) {
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.propagation = propagation
  }

  /// Reads the body of a deletion, or, when there is none, the query.
  init(_ body: JSONValue?, _ query: QueryParameters) throws(APIError) {
    self.init()
    uid = body?[at: ["preconditions", "uid"]]?.string
    resourceVersion = body?[at: ["preconditions", "resourceVersion"]]?.string
    let trials = body?["dryRun"]?.array ?? []
    guard trials.allSatisfy({ $0 == "All" }) else {
      let list = trials.map { $0.text() }.joined(separator: ", ")
      throw .invalidOptions(
        "DeleteOptions",
        [
          FieldError(
            field: "dryRun", reason: "FieldValueNotSupported",
            message: "Unsupported value: []string{\(list)}: supported values: \"All\"")
        ])
    }
    isDryRun = !trials.isEmpty
    let policy = body?["propagationPolicy"]?.string ?? query["propagationPolicy"]
    let orphans = body?["orphanDependents"]?.bool ?? query["orphanDependents"].map { $0 != "false" && $0 != "0" }
    if let policy {
      guard orphans == nil else {
        throw .invalidOptions(
          "DeleteOptions",
          [
            .invalid(
              "propagationPolicy", "\"\(policy)\"", "orphanDependents and deletionPropagation cannot be both set")
          ])
      }
      guard let propagation = Propagation(rawValue: policy) else {
        throw .invalidOptions(
          "DeleteOptions",
          [.unsupported("propagationPolicy", policy, supported: ["Foreground", "Background", "Orphan", "nil"])])
      }
      self.propagation = propagation
    } else if let orphans {
      propagation = orphans ? .orphan : .background
    }
  }
}
