import JSON

extension ResourceKind {
  /// A member of the federation.
  package static let cluster = federation(
    "Cluster", FederationSchemas.cluster,
    [
      TableColumn("Ready") { object, _ in readiness(object) },
      TableColumn("Offline") { object, _ in condition("Offline", of: object)?["status"]?.string ?? "" },
      TableColumn("Region") { object, _ in
        object[dotted: "status.region"]?.string ?? object[dotted: "spec.region"]?.string ?? ""
      },
      TableColumn("Zones") { object, _ in
        let zones = object[dotted: "status.zones"]?.array ?? object[dotted: "spec.zones"]?.array ?? []
        return zones.compactMap(\.string).joined(separator: ",")
      },
      TableColumn("Version", field: "status.version"), .age,
      TableColumn("Server", field: "spec.server", isWide: true),
    ])

  /// A place from which addresses are probed.
  package static let vantagePoint = federation(
    "VantagePoint", FederationSchemas.vantagePoint,
    [
      TableColumn("Location", field: "spec.location"), TableColumn("Interval", field: "spec.interval"),
      TableColumn("Last Report", field: "status.lastReport"), .age,
    ])

  private static func federation(_ name: String, _ schema: Schema, _ columns: [TableColumn]) -> ResourceKind {
    ResourceKind(
      group: "federation.zonetop.dev", version: "v1alpha1", name: name, plural: "\(name.lowercased())s",
      scope: .cluster,
      subresources: [.status], tracksGeneration: true, isCustom: true, categories: ["federation"], schema: schema,
      columns: columns)
  }

  private static func condition(_ type: String, of object: JSONValue) -> JSONValue? {
    object[dotted: "status.conditions"]?.array?.first { $0["type"]?.string == type }
  }

  private static func readiness(_ object: JSONValue) -> String {
    guard let ready = condition("Ready", of: object), let status = ready["status"]?.string else { return "" }
    return status
  }
}
