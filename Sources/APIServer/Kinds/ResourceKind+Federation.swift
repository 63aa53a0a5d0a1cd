/// The kinds of zonetop's own group, each a CustomResourceDefinition at a real API server (`Deploy/crds`).
extension ResourceKind {
  /// A member of the federation.
  package static let cluster = federation(
    "Cluster", FederationSchemas.cluster,
    [
      TableColumn("Ready", path: #".status.conditions[?(@.type=="Ready")].status"#),
      TableColumn("Offline", path: #".status.conditions[?(@.type=="Offline")].status"#),
      TableColumn("Region", path: ".status.region"), TableColumn("Zones", path: ".status.zones"),
      TableColumn("Version", path: ".status.version"), .customAge,
      TableColumn("Reason", path: #".status.conditions[?(@.type=="Ready")].reason"#, isWide: true),
      TableColumn("Server", path: ".spec.server", isWide: true),
    ])

  /// An operator's standing order that a scope must not enter DNS or must leave it.
  package static let cordon = federation(
    "Cordon", FederationSchemas.cordon,
    [
      TableColumn("Kind", path: ".spec.kind"), TableColumn("Target", path: ".spec.target"),
      TableColumn("Service", path: ".spec.service"), TableColumn("Phase", path: ".status.phase"),
      TableColumn("Reason", path: ".spec.reason"), TableColumn("Holder", path: ".spec.holder"),
      TableColumn("Expires", path: ".spec.expires"), .customAge,
      TableColumn("Message", path: ".status.message", isWide: true),
    ])

  /// A place from which addresses are probed.
  package static let vantagePoint = federation(
    "VantagePoint", FederationSchemas.vantagePoint,
    [
      TableColumn("Location", path: ".spec.location"), TableColumn("Interval", path: ".spec.interval"),
      TableColumn("Last Report", path: ".status.lastReport", .date), .customAge,
    ])

  /// The kinds that a real API server has to be told of.
  package static let custom = [cluster, cordon, vantagePoint]

  private static func federation(_ name: String, _ schema: Schema, _ columns: [TableColumn]) -> ResourceKind {
    ResourceKind(
      group: "federation.zonetop.dev", version: "v1alpha1", name: name, plural: "\(name.lowercased())s",
      scope: .cluster,
      subresources: [.status], tracksGeneration: true, isCustom: true, verbs: ResourceKind.customVerbs,
      schema: schema, columns: columns,
      rules: KindRules(validate: { object, _, _ in CustomObjectCheck.errors(in: object, schema) })
    )
  }
}
