import JSON

/// The Service of the core group, with all fields that current Kubernetes releases know.
enum ServiceSchema {
  static let schema = Schema.kind(
    CoreSchemas.prefix + "Service", "A name and an address for a set of endpoints, and how traffic reaches them.",
    [
      .init("spec", spec, "The service as it should be."),
      .init("status", status, "The service as it was last seen. Set by the system."),
    ])

  static let port = Schema.object(
    CoreSchemas.prefix + "ServicePort", "One port of a service.",
    [
      .init(
        "appProtocol", .string, "The application's protocol, such as http or kubernetes.io/h2c, as a hint for proxies."),
      .init("name", .string, "The name of the port, a DNS label; needed when there are several."),
      .init("nodePort", .int32, "The port on each node, for the types NodePort and LoadBalancer."),
      .required("port", .int32, "The port that the service listens on."),
      .init("protocol", .string(oneOf: "SCTP", "TCP", "UDP"), "TCP, UDP or SCTP.", default: "TCP"),
      .init(
        "targetPort", .intOrString, "The port of the endpoints, by number or by name; the same as port when absent."),
    ])

  static let spec = Schema.object(
    CoreSchemas.prefix + "ServiceSpec", "What a service should be.",
    [
      .init(
        "allocateLoadBalancerNodePorts", .boolean,
        "Whether a service of type LoadBalancer gets node ports; true when absent."),
      .init("clusterIP", .string, "The address within the cluster; None for a service without one (headless)."),
      .init("clusterIPs", .strings, "The addresses within the cluster, one for each family; the first is clusterIP."),
      .init("externalIPs", .strings, "Further addresses whose traffic nodes take for the service."),
      .init("externalName", .string, "The DNS name that a service of type ExternalName stands for."),
      .init(
        "externalTrafficPolicy", .string(oneOf: "Cluster", "Local"),
        "Where traffic from outside goes: to any endpoint, or only to those on the node that it reached."),
      .init("healthCheckNodePort", .int32, "The port at which nodes tell whether they have local endpoints."),
      .init(
        "internalTrafficPolicy", .string(oneOf: "Cluster", "Local"),
        "Where traffic to the cluster address goes: to any endpoint, or only to those on the same node."),
      .init("ipFamilies", .strings, "The address families, IPv4 or IPv6, in order of preference."),
      .init(
        "ipFamilyPolicy", .string(oneOf: "PreferDualStack", "RequireDualStack", "SingleStack"),
        "Whether the service has one family or two."),
      .init("loadBalancerClass", .string, "Which implementation is to provide the load balancer."),
      .init("loadBalancerIP", .string, "The address asked of the load balancer, where it honours that."),
      .init("loadBalancerSourceRanges", .strings, "The networks that the load balancer lets in."),
      .init("ports", .list(of: port, by: "port", "protocol"), "The ports that the service has."),
      .init(
        "publishNotReadyAddresses", .boolean, "Publishes endpoints before they are ready, e.g. for peers that meet."),
      .init("selector", .map(of: .string, isAtomic: true), "The labels of the pods behind the service."),
      .init(
        "sessionAffinity", .string(oneOf: "ClientIP", "None"),
        "Whether a client is kept with one endpoint: ClientIP or None.", default: "None"),
      .init("sessionAffinityConfig", affinity, "How clients are kept with an endpoint."),
      .init(
        "trafficDistribution", .string,
        "Which endpoints to prefer, such as PreferClose for those nearest to the client."
      ),
      .init(
        "type", .string(oneOf: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"),
        "How the service is exposed: ClusterIP, NodePort, LoadBalancer or ExternalName.", default: "ClusterIP"),
    ])

  private static let affinity = Schema.object(
    CoreSchemas.prefix + "SessionAffinityConfig", "How clients are kept with an endpoint.",
    [
      .init(
        "clientIP",
        .object(
          CoreSchemas.prefix + "ClientIPConfig", "Affinity by the address of the client.",
          [.init("timeoutSeconds", .int32, "How long a client is kept, up to a day; 10800 when absent.")]),
        "Affinity by the address of the client.")
    ])

  private static let ingress = Schema.object(
    CoreSchemas.prefix + "LoadBalancerIngress", "One way in through a load balancer.",
    [
      .init("hostname", .string, "The DNS name of the load balancer."),
      .init("ip", .string, "The address of the load balancer."),
      .init("ipMode", .string, "VIP when nodes see the load balancer's address as the destination, else Proxy."),
      .init(
        "ports",
        .list(
          of: .object(
            CoreSchemas.prefix + "PortStatus", "What became of one port at the load balancer.",
            [
              .init("error", .string, "Why the port is not served, as one word."),
              .required("port", .int32, "The number of the port."),
              .required("protocol", .string, "The protocol of the port."),
            ])), "What became of the ports."),
    ])

  static let status = Schema.object(
    CoreSchemas.prefix + "ServiceStatus", "What became of a service.",
    [
      .init("conditions", .list(of: MetaSchemas.condition, by: "type"), "The current state, one entry an aspect."),
      .init(
        "loadBalancer",
        .object(
          CoreSchemas.prefix + "LoadBalancerStatus", "The state of a load balancer.",
          [.init("ingress", .list(of: ingress), "The addresses at which traffic comes in.")]),
        "The load balancer, where there is one."),
    ])
}
