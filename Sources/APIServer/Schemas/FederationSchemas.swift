/// The kinds of zonetop's own group; the same at the embedded API and, as CustomResourceDefinitions, at a real one.
enum FederationSchemas {
  private static let prefix = "dev.zonetop.federation.v1alpha1."

  static let cluster = Schema.kind(
    prefix + "Cluster", "A member of the federation: where its API is, and what was last known of it.",
    [
      .required(
        "spec",
        .object(
          about: "Where the cluster is and how to reach it.",
          [
            .init(
              "context", .string.limited(length: 1...253), "The context of the kubeconfig that reaches the cluster."),
            .init(
              "region", .string.limited(length: 1...63),
              "The region; found from the labels of the cluster's nodes when absent."),
            .init(
              "secretRef",
              .object(
                about: "Names a Secret.",
                [
                  .required("name", .string.limited(length: 1...253), "The name of the Secret."),
                  .required("namespace", .string.limited(length: 1...63), "The namespace of the Secret."),
                ]), "The Secret whose key kubeconfig holds the credentials."),
            .required(
              "server", .string.limited(length: 1...2048, pattern: "^https?://[^/]+"), "The URL of the cluster's API."),
            .init(
              "zones", .list(of: .string.limited(length: 1...63), .set).limited(maxItems: 64),
              "The zones; found from the labels of the cluster's nodes when absent."),
          ]), "Where the cluster is and how to reach it."),
      .init(
        "status",
        .object(
          about: "What was last known of the cluster.",
          [
            .init("conditions", .list(of: clusterCondition, by: "type"), "Ready and Offline, each with the reason."),
            .init("region", .string, "The region that the cluster counts for."),
            .init("version", .string, "The version that the cluster's API tells."),
            .init("zones", .strings, "The zones that the cluster counts for."),
          ]), "What was last known of the cluster. Set by the controller."),
    ])

  private static let clusterCondition = Schema.object(
    about: "One aspect of a cluster.",
    [
      .init("lastProbeTime", .time, "When the cluster was last asked."),
      .init("lastTransitionTime", .time, "When the status last changed."),
      .init("message", .string, "What people should know."),
      .init("reason", .string, "Why the status is what it is, as one word for programs."),
      .required("status", .string(oneOf: "False", "True", "Unknown"), "True, False or Unknown."),
      .required("type", .string.limited(length: 1...316), "Ready or Offline."),
    ])

  static let cordon = Schema.kind(
    prefix + "Cordon",
    "A standing order that a scope must not enter DNS (cordon) or must leave it (drain), until it expires.",
    [
      .required(
        "spec",
        .object(
          about: "What is ordered, by whom and until when.",
          [
            .init("created", .time, "When the order was given; a renewed order keeps its object and changes this."),
            .required("expires", .time, "When the order ends by itself, at most 72 hours after it was given."),
            .required("holder", .string.limited(length: 1...256), "Who gave the order."),
            .init("generation", .int64, "Of a rollback: the generation that is brought back."),
            .required(
              "kind", .string(oneOf: "cordon", "drain", "rollback"),
              "cordon: nothing new enters. drain: all leaves. rollback: the service stays at an earlier generation."),
            .init(
              "overrides", .list(of: .string.limited(length: 0...64)).limited(maxItems: 32),
              "The safety rules that the holder overrode, by name."),
            .init(
              "records", .list(of: .string.limited(length: 1...16384)).limited(maxItems: 4096),
              "Of a rollback: the record sets that are brought back, each as NAME TTL TYPE VALUE…."),
            .required("reason", .string.limited(length: 1...1024), "Why the order was given."),
            .init(
              "service", .string.limited(length: 0...128, pattern: "^[^/]+/[^/]+$"),
              "The one service that is meant, as NAMESPACE/NAME; every service when absent."),
            .required(
              "target",
              .string.limited(
                length: 0...512, pattern: "^((zone|region|cluster)/[^/]+|service/[^/]+/[^/]+|shard/[^/]+/[^/]+/[^/]+)$"),
              "The scope: zone/NAME, region/NAME, cluster/NAME, shard/CLUSTER/NAMESPACE/NAME; of a rollback service/NAMESPACE/NAME."
            ),
          ]), "What is ordered, by whom and until when."),
      .init(
        "status",
        .object(
          about: "How far the order is carried out.",
          [
            .init(
              "conditions", .list(of: MetaSchemas.condition, by: "type"), "The current state, one entry an aspect."),
            .init("message", .string, "What people should know."),
            .init("phase", .string, "How far the order is carried out, in one word."),
          ]), "How far the order is carried out. Set by the controller."),
    ])

  static let vantagePoint = Schema.kind(
    prefix + "VantagePoint", "A place from which addresses are probed, and what it last saw.",
    [
      .init(
        "spec",
        .object(
          about: "Where the place is and how often it reports.",
          [
            .init(
              "interval", .string.limited(length: 1...32, pattern: "^[0-9]+(ms|s|m|h)$"),
              "The time between two reports, e.g. 2s."),
            .init("location", .string.limited(length: 1...253), "Where the place is, in words."),
          ]), "Where the place is and how often it reports."),
      .init(
        "status",
        .object(
          about: "What was last seen.",
          [
            .init("lastReport", .time, "When the place last reported."),
            .init(
              "results",
              .list(
                of: .object(
                  about: "What one address answered.",
                  [
                    .required("address", .string, "The address."), .init("message", .string, "What went wrong."),
                    .required("port", .int32, "The port."),
                    .required("reachable", .boolean, "True when the last probe was answered."),
                    .required("since", .time, "Since when the answer has been the same."),
                  ]), by: "address", "port"), "What each address answered."),
          ]), "What was last seen. Set by the prober."),
    ])
}
