package import JSON

/// Decides what one cluster needs: a pure function of the federated service and of what is there.
package enum ShardPlanner {
  /// - Parameters:
  ///   - federation: the name that marks a shard as kept by this federation.
  ///   - existing: the Service in the cluster as last seen; nil when there is none.
  package static func decide(_ wish: ShardWish, existing: JSONValue?, federation: String) -> ShardDecision {
    switch wish {
    case .shard(let template):
      guard let existing else { return .create(template.newShard(of: federation)) }
      return conform(existing, to: template, federation: federation)
    case .nothing(let orphan):
      guard let existing, keeper(of: existing) == federation, existing["metadata"]?["deletionTimestamp"] == nil
      else { return .none }
      if !orphan, isCreated(existing) { return .delete(uid: existing["metadata"]?["uid"]?.string ?? "") }
      return .orphan(withoutMarks(existing))
    }
  }

  /// The federation that a Service is kept by, if any.
  package static func keeper(of object: JSONValue) -> String? {
    object["metadata"]?["labels"]?[FederationMarks.managed]?.string
  }

  static func isCreated(_ object: JSONValue) -> Bool {
    object["metadata"]?["annotations"]?[FederationMarks.created] == "true"
  }

  private static func conform(
    _ existing: JSONValue, to template: ServiceTemplate, federation: String
  ) -> ShardDecision {
    if existing["metadata"]?["deletionTimestamp"] != nil {
      return .refuse("the Service there is being deleted; it is made again when it is gone")
    }
    if let other = keeper(of: existing), other != federation {
      return .refuse("the Service there is kept by the federation \(other); delete it or its label to hand it over")
    }
    if let why = immutableChange(existing, template) {
      guard isCreated(existing) else { return .refuse("\(why); the Service was there before: delete it there by hand") }
      return .recreate(uid: existing["metadata"]?["uid"]?.string ?? "", why: why)
    }
    var (conformed, differing) = ShardConformity(existing, template).result
    let marked = conformed["metadata"]?["labels"]?[FederationMarks.managed]?.string == federation
    if !marked { differing.append("not adopted yet") }
    var labels = conformed["metadata"]?["labels"] ?? [:]
    labels[FederationMarks.managed] = .string(federation)
    var metadata = conformed["metadata"] ?? [:]
    metadata["labels"] = labels
    conformed["metadata"] = metadata
    return differing.isEmpty ? .none : .update(conformed, differing: differing)
  }

  /// Why an update cannot bring the change about.
  private static func immutableChange(_ existing: JSONValue, _ template: ServiceTemplate) -> String? {
    let before = existing["spec"]?["clusterIP"]?.string ?? ""
    let wasExternal = existing["spec"]?["type"] == "ExternalName"
    let isExternal = template.spec["type"] == "ExternalName"
    guard !wasExternal, !isExternal, !before.isEmpty else { return nil }
    if template.isHeadless, before != "None" { return "a Service with a cluster address cannot become headless" }
    if !template.isHeadless, before == "None" { return "a headless Service cannot be given a cluster address" }
    return nil
  }

  private static func withoutMarks(_ existing: JSONValue) -> JSONValue {
    var metadata = existing["metadata"] ?? [:]
    var labels = metadata["labels"]?.object ?? [:]
    var annotations = metadata["annotations"]?.object ?? [:]
    labels = labels.filter { !$0.key.hasPrefix(annotationPrefix) }
    annotations = annotations.filter { !$0.key.hasPrefix(annotationPrefix) }
    metadata["labels"] = .object(labels)
    metadata["annotations"] = .object(annotations)
    metadata["managedFields"] = nil
    var object = existing
    object["metadata"] = metadata
    return object
  }
}
