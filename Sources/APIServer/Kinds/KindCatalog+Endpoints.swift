extension KindCatalog {
  /// What a member cluster serves.
  package static let memberCluster = KindCatalog([
    .namespace, .node, .pod, .service, .event, .deployment, .endpointSlice, .lease,
  ])

  /// What the federation API serves.
  package static let federation = KindCatalog(
    [
      .configMap, .endpoints, .event, .namespace, .service, .selfSubjectReview, .selfSubjectAccessReview,
      .selfSubjectRulesReview, .lease, .cluster, .cordon, .vantagePoint,
    ], tracksFields: true)
}
