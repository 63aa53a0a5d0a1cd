package import DNS
package import Federation

/// The configuration file as values: every key checked, every default filled in.
package struct Configuration: Sendable {
  package var federation: Federation
  package var api: API
  package var clusters: [Member]
  package var services: ServiceSelection
  package var dns: DNSSettings
  /// Names besides the hierarchies, each a CNAME to a level of a service.
  package var aliases: [Alias]
  /// Zones besides the federation's that aliases stand in.
  package var aliasZones: [AliasZone]
  package var safety: SafetyLimits
  package var lease: LeaseTiming
  package var probes: ProbeSettings
  package var dashboard: DashboardSettings
  /// Where `/livez`, `/readyz` and `/metrics` are served; nil serves none.
  package var telemetry: ServerAddress?

  /// Where the federated services and the cordons live.
  package enum API: Sendable, Hashable {
    /// A kubeconfig context of any Kubernetes-style API server.
    case context(String)
    /// The API that zonetop itself serves: `zonetop apiserver`, or inside of `zonetop controller`.
    case embedded(EmbeddedAPISettings)
  }

  /// Another zone than the federation's, and how it is written to.
  package struct AliasZone: Sendable {
    /// Where a provider looks for its zone by itself, the one alias that it was declared with.
    package var zone: DomainName
    package var dns: DNSSettings
  }

  /// A member cluster that the configuration names.
  package struct Member: Sendable, Hashable {
    /// The kubeconfig context, which is the cluster's name too.
    package var context: String
    /// Overrides what the nodes say.
    package var region: String?
    /// Overrides what the nodes say; empty takes theirs.
    package var zones: [String]

    package init(context: String, region: String? = nil, zones: [String] = []) {
      self.context = context
      self.region = region
      self.zones = zones
    }
  }

  /// Which Services at the federation API are federated.
  package struct ServiceSelection: Sendable, Hashable {
    /// A label selector as `kubectl -l` takes it; nil selects all.
    package var selector: LabelSelector?
    /// Empty means all.
    package var namespaces: [String]

    package init(selector: LabelSelector? = nil, namespaces: [String] = []) {
      self.selector = selector
      self.namespaces = namespaces
    }

    /// Whether a Service is federated.
    package func selects(_ service: ServiceKey, labels: [String: String]) -> Bool {
      // Every API server holds its own Service here; it is never a federated one.
      if service == ServiceKey(namespace: "default", name: "kubernetes") { return false }
      guard namespaces.isEmpty || namespaces.contains(service.namespace) else { return false }
      return selector?.matches(labels) ?? true
    }
  }

  /// What the dashboard is told.
  package struct DashboardSettings: Sendable, Hashable {
    package var theme: String?
    package var environment: String?
    /// Actions of the dashboard bound to other keys, by their names.
    package var keys: [String: String]
    /// Whether the terminal's bell rings when something gets worse.
    package var bell: Bool

    package init(
      theme: String? = nil, environment: String? = nil, keys: [String: String] = [:], bell: Bool = false
    ) {
      self.theme = theme
      self.environment = environment
      self.keys = keys
      self.bell = bell
    }
  }
}
