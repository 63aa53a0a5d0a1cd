/// The kinds of simulated clusters: no more than what patches need to know; all other fields are kept as they come.
enum WorkloadSchemas {
  static let pod = open("Pod", [spec(podSpec), status])

  static let node = open(
    "Node",
    [
      spec(lists([("taints", "key")])),
      .init("status", lists([("conditions", "type"), ("addresses", "type")]), "The object as it was last seen."),
    ])

  static let deployment = open(
    "Deployment",
    [
      spec(
        .object(
          isOpen: true,
          [
            .init(
              "template", .object(isOpen: true, [.init("metadata", MetaSchemas.object, ""), spec(podSpec)]),
              "What its pods look like.")
          ])), status,
    ])

  private static let podSpec = Schema.object(
    isOpen: true,
    [
      .init(
        "containers", .list(of: lists([("env", "name"), ("ports", "containerPort")]), by: "name"),
        "What runs in the pod."),
      .init("volumes", .list(of: .object(isOpen: true, []), by: "name"), "What the containers can mount."),
    ])

  private static let status = Schema.Field("status", lists([("conditions", "type")]), "The object as it was last seen.")

  private static func spec(_ schema: Schema) -> Schema.Field { .init("spec", schema, "The object as it should be.") }

  private static func open(_ name: String, _ fields: [Schema.Field]) -> Schema {
    let group = name == "Deployment" ? "apps" : "core"
    return .kind("io.k8s.api.\(group).v1.\(name)", "", isOpen: true, fields)
  }

  private static func lists(_ keys: [(field: String, key: String)]) -> Schema {
    .object(isOpen: true, keys.map { .init($0.field, .list(of: .object(isOpen: true, []), by: $0.key), "") })
  }
}
