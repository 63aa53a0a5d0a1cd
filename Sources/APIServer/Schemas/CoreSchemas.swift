import JSON

/// The smaller kinds of the core group, and Leases.
enum CoreSchemas {
  static let prefix = "io.k8s.api.core.v1."

  static let namespace = Schema.kind(
    prefix + "Namespace", "A space of names: objects of different namespaces may be called the same.",
    [
      .init(
        "spec",
        .object(
          prefix + "NamespaceSpec", "What a namespace should be.",
          [.init("finalizers", .strings, "Who has to clean up before the namespace is removed.")]),
        "The namespace as it should be."),
      .init(
        "status",
        .object(
          prefix + "NamespaceStatus", "What became of a namespace.",
          [
            .init("conditions", .list(of: namespaceCondition, by: "type"), "The current state, one entry an aspect."),
            .init("phase", .string, "Active, or Terminating once it is deleted."),
          ]), "The namespace as it was last seen. Set by the system."),
    ])

  private static let namespaceCondition = Schema.object(
    prefix + "NamespaceCondition", "One aspect of a namespace.",
    [
      .init("lastTransitionTime", .time, "When the status last changed."),
      .init("message", .string, "What people should know."),
      .init("reason", .string, "Why the status is what it is, as one word for programs."),
      .required("status", .string, "True, False or Unknown."),
      .required("type", .string, "Which aspect this is."),
    ])

  static let reference = Schema.object(
    prefix + "ObjectReference", "Names another object.", isAtomic: true,
    [
      .init("apiVersion", .string, "The API version of the object."),
      .init("fieldPath", .string, "A part of the object, e.g. spec.containers{name}."),
      .init("kind", .string, "The kind of the object."),
      .init("name", .string, "The name of the object."),
      .init("namespace", .string, "The namespace of the object."),
      .init("resourceVersion", .string, "The version of the object that is meant."),
      .init("uid", .string, "The uid of the object."),
    ])

  static let event = Schema.kind(
    prefix + "Event", "Something that happened to an object, told for people; kept for a limited time.",
    [
      .init("action", .string, "What was done about the object."),
      .init("count", .int32, "How often it happened."),
      .init("eventTime", .microTime, "When it was first seen."),
      .init("firstTimestamp", .time, "When it was first told."),
      .required("involvedObject", reference, "The object that it is about."),
      .init("lastTimestamp", .time, "When it last happened."),
      .init("message", .string, "What happened, in words."),
      .init("reason", .string, "Why it happened, as one word for programs."),
      .init("related", reference, "A second object that took part."),
      .init("reportingComponent", .string, "Which controller told it."),
      .init("reportingInstance", .string, "Which instance of the controller told it."),
      .init(
        "series",
        .object(
          prefix + "EventSeries", "What is known of an event that goes on.",
          [
            .init("count", .int32, "How often it happened until the last time that was told."),
            .init("lastObservedTime", .microTime, "When it last happened."),
          ]), "Set while it goes on."),
      .init(
        "source",
        .object(
          prefix + "EventSource", "Who told an event.",
          [
            .init("component", .string, "The component that told it."),
            .init("host", .string, "The node on which it happened."),
          ]), "Who told it."),
      .init("type", .string, "Normal or Warning."),
    ])

  static let configMap = Schema.kind(
    prefix + "ConfigMap", "Settings for programs, by key.",
    [
      .init("binaryData", .map(of: .bytes), "Values that are no UTF-8, in base64; keys must not occur in data."),
      .init("data", .labels, "Values as text; keys are letters, digits, '-', '_' and '.'."),
      .init("immutable", .boolean, "True when the values must never change again."),
    ])

  private static let address = Schema.object(
    prefix + "EndpointAddress", "One address behind a service.", isAtomic: true,
    [
      .init("hostname", .string, "The name of the endpoint within the service."),
      .required("ip", .string, "The address."),
      .init("nodeName", .string, "The node on which it is."),
      .init("targetRef", reference, "The object that has the address."),
    ])

  private static let port = Schema.object(
    prefix + "EndpointPort", "One port of endpoints.", isAtomic: true,
    [
      .init("appProtocol", .string, "The application's protocol, as a hint for proxies."),
      .init("name", .string, "The name of the service's port."),
      .required("port", .int32, "The number of the port."),
      .init("protocol", .string, "TCP, UDP or SCTP.", default: "TCP"),
    ])

  static let endpoints = Schema.kind(
    prefix + "Endpoints", "The addresses behind a service of the same name.",
    [
      .init(
        "subsets",
        .list(
          of: .object(
            prefix + "EndpointSubset", "Addresses that all have the same ports.",
            [
              .init("addresses", .list(of: address), "Those that take traffic."),
              .init("notReadyAddresses", .list(of: address), "Those that do not take traffic yet, or no longer."),
              .init("ports", .list(of: port), "The ports of all of them."),
            ])), "The addresses, grouped by their ports.")
    ])

  static let lease = Schema.kind(
    "io.k8s.api.coordination.v1.Lease", "Says who of several holds a role, and until when.",
    [
      .init(
        "spec",
        .object(
          "io.k8s.api.coordination.v1.LeaseSpec", "What a lease says.",
          [
            .init("acquireTime", .microTime, "When the holder took it."),
            .init("holderIdentity", .string, "Who holds it; empty when nobody does."),
            .init("leaseDurationSeconds", .int32, "How long others wait after the last renewal."),
            .init("leaseTransitions", .int32, "How often it passed from one holder to another."),
            .init("preferredHolder", .string, "To whom the holder should pass it."),
            .init("renewTime", .microTime, "When the holder last renewed it."),
            .init("strategy", .string, "How the holder is chosen, where an election is coordinated."),
          ]), "Who holds it.")
    ])
}
