/// The labels, annotations and finalizers by which zonetop knows its own at the federation API and in member clusters.
package enum FederationMarks {
  /// Label of a shard: the federation that keeps it.
  package static let managed = "\(annotationPrefix)managed"
  /// Annotation of a shard that zonetop made; absent on one that it adopted.
  package static let created = "\(annotationPrefix)created"
  /// Annotation of a shard: which of its labels and annotations came from the federated service.
  package static let applied = "\(annotationPrefix)applied"
  /// Annotation of a federated service or a cluster: `"true"` leaves the shards where they are when it is deleted.
  package static let orphan = "\(annotationPrefix)orphan"
  /// Annotation of a federated service: a label selector over the clusters that are to have it.
  package static let clusters = "\(annotationPrefix)clusters"
  /// Annotation that zonetop writes on a federated service: clusters that have no shard as it should be, and why.
  package static let refused = "\(annotationPrefix)refused"
  /// Finalizer of a federated service that has, or may have, shards.
  package static let shards = "\(annotationPrefix)shards"
  /// Finalizer of a `Cluster` that is a member.
  package static let member = "\(annotationPrefix)member"
  /// Kubernetes' own finalizer for `--cascade=orphan`.
  static let orphanFinalizer = "orphan"
  /// The namespace at the federation API that zonetop keeps its own objects in.
  package static let namespace = "zonetop-system"
}
