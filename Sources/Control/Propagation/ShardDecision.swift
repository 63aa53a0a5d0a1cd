package import JSON

/// What must be done in one cluster for one federated service.
package enum ShardDecision: Sendable, Hashable {
  /// Everything is as it should be, or nothing there is ours.
  case none
  /// Create this object; where there is one already, read it and decide again.
  case create(JSONValue)
  /// Replace the shard by this object, which carries the `resourceVersion` it was made from; the reasons are what
  /// differed, such as `spec.ports`.
  case update(JSONValue, differing: [String])
  /// Delete the shard that zonetop made, if it still has this uid.
  case delete(uid: String)
  /// Replace the shard by this object without our marks, and leave it.
  case orphan(JSONValue)
  /// Delete the shard that zonetop made, since what changed cannot be changed in place, and make it again.
  case recreate(uid: String, why: String)
  /// What is there cannot be brought in line: one line for people.
  case refuse(String)
}

/// What the federation wants of one cluster about one service.
package enum ShardWish: Sendable, Hashable {
  /// A shard like this.
  case shard(ServiceTemplate)
  /// None: the one that zonetop made goes, an adopted one is let go; `orphan` lets both go and deletes neither.
  case nothing(orphan: Bool)
}
