package import Federation

/// Which clusters are to have a federated service, from its annotation `federation.zonetop.dev/clusters`.
///
/// A label selector as `kubectl -l` takes it, over the cluster's labels and `name`, `region` and `zone`. A cluster with
/// several zones is selected when any of them is.
package struct ClusterSelector: Sendable, Hashable {
  private let selector: LabelSelector
  private let asksForPlace: Bool
  private let asksForLabels: Bool

  package init(_ text: String) throws(SelectorError) {
    selector = try LabelSelector(text)
    let keys = selector.requirements.map { requirement in
      switch requirement {
      case .isOneOf(let key, _), .isNoneOf(let key, _), .exists(let key), .isAbsent(let key): key
      }
    }
    asksForPlace = keys.contains { $0 == "region" || $0 == "zone" }
    asksForLabels = keys.contains { $0 != "region" && $0 != "zone" && $0 != "name" }
  }

  /// Whether a cluster is selected; nil while its place or its labels are asked for and not known.
  package func selects(_ cluster: Cluster) -> Bool? {
    if asksForPlace, cluster.region.isEmpty || cluster.zones.isEmpty { return nil }
    if asksForLabels, cluster.labels == nil { return nil }
    var labels = cluster.labels ?? [:]
    labels["name"] = cluster.name
    labels["region"] = cluster.region.isEmpty ? nil : cluster.region
    guard !cluster.zones.isEmpty else { return selector.matches(labels) }
    return cluster.zones.contains { zone in
      labels["zone"] = zone
      return selector.matches(labels)
    }
  }
}
