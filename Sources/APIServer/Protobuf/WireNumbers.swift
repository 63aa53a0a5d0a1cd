/// The numbers by which Kubernetes' Protocol Buffers know the fields of its own types (`generated.proto` of each API
/// group). Newer Go clients, kubectl among them, send objects of built-in kinds in that form.
enum WireNumbers {
  /// The fields of a type by their numbers; nil for types that have no such form.
  static func fields(of type: String) -> [Int: String]? { byType[type] }

  private static let byType: [String: [Int: String]] = {
    var numbers: [String: [Int: String]] = [:]
    for (prefix, types) in lists {
      for (type, fields) in types {
        let pairs = fields.split(separator: " ").map { $0.split(separator: "=") }
        numbers[prefix + type] = Dictionary(
          pairs.compactMap { pair in pair.count == 2 ? Int(pair[1]).map { ($0, String(pair[0])) } : nil }
        ) { first, _ in first }
      }
    }
    return numbers
  }()

  private static let lists: [String: [String: String]] = [
    MetaSchemas.prefix: [
      "Condition": "type=1 status=2 observedGeneration=3 lastTransitionTime=4 reason=5 message=6",
      "DeleteOptions": "gracePeriodSeconds=1 preconditions=2 orphanDependents=3 propagationPolicy=4 dryRun=5",
      "ManagedFieldsEntry": "manager=1 operation=2 apiVersion=3 time=4 fieldsType=6 fieldsV1=7 subresource=8",
      "ObjectMeta": """
      name=1 generateName=2 namespace=3 selfLink=4 uid=5 resourceVersion=6 generation=7 creationTimestamp=8 \
      deletionTimestamp=9 deletionGracePeriodSeconds=10 labels=11 annotations=12 ownerReferences=13 finalizers=14 \
      managedFields=17
      """,
      "OwnerReference": "kind=1 name=3 uid=4 apiVersion=5 controller=6 blockOwnerDeletion=7",
      "Preconditions": "uid=1 resourceVersion=2",
    ],
    CoreSchemas.prefix: [
      "ClientIPConfig": "timeoutSeconds=1",
      "ConfigMap": "metadata=1 data=2 binaryData=3 immutable=4",
      "EndpointAddress": "ip=1 targetRef=2 hostname=3 nodeName=4",
      "EndpointPort": "name=1 port=2 protocol=3 appProtocol=4",
      "EndpointSubset": "addresses=1 notReadyAddresses=2 ports=3",
      "Endpoints": "metadata=1 subsets=2",
      "Event": """
      metadata=1 involvedObject=2 reason=3 message=4 source=5 firstTimestamp=6 lastTimestamp=7 count=8 type=9 \
      eventTime=10 series=11 action=12 related=13 reportingComponent=14 reportingInstance=15
      """,
      "EventSeries": "count=1 lastObservedTime=2",
      "EventSource": "component=1 host=2",
      "LoadBalancerIngress": "ip=1 hostname=2 ipMode=3 ports=4",
      "LoadBalancerStatus": "ingress=1",
      "Namespace": "metadata=1 spec=2 status=3",
      "NamespaceCondition": "type=1 status=2 lastTransitionTime=4 reason=5 message=6",
      "NamespaceSpec": "finalizers=1",
      "NamespaceStatus": "phase=1 conditions=2",
      "ObjectReference": "kind=1 namespace=2 name=3 uid=4 apiVersion=5 resourceVersion=6 fieldPath=7",
      "PortStatus": "port=1 protocol=2 error=3",
      "Service": "metadata=1 spec=2 status=3",
      "ServicePort": "name=1 protocol=2 port=3 targetPort=4 nodePort=5 appProtocol=6",
      "ServiceSpec": """
      ports=1 selector=2 clusterIP=3 type=4 externalIPs=5 sessionAffinity=7 loadBalancerIP=8 \
      loadBalancerSourceRanges=9 externalName=10 externalTrafficPolicy=11 healthCheckNodePort=12 \
      publishNotReadyAddresses=13 sessionAffinityConfig=14 ipFamilyPolicy=17 clusterIPs=18 ipFamilies=19 \
      allocateLoadBalancerNodePorts=20 loadBalancerClass=21 internalTrafficPolicy=22 trafficDistribution=23
      """,
      "ServiceStatus": "loadBalancer=1 conditions=2",
      "SessionAffinityConfig": "clientIP=1",
    ],
    "io.k8s.api.coordination.v1.": [
      "Lease": "metadata=1 spec=2",
      "LeaseSpec": """
      holderIdentity=1 leaseDurationSeconds=2 acquireTime=3 renewTime=4 leaseTransitions=5 strategy=6 preferredHolder=7
      """,
    ],
    "io.k8s.api.authorization.v1.": [
      "NonResourceAttributes": "path=1 verb=2",
      "ResourceAttributes": "namespace=1 verb=2 group=3 version=4 resource=5 subresource=6 name=7",
      "SelfSubjectAccessReview": "metadata=1 spec=2 status=3",
      "SelfSubjectAccessReviewSpec": "resourceAttributes=1 nonResourceAttributes=2",
      "SelfSubjectRulesReview": "metadata=1 spec=2 status=3",
      "SelfSubjectRulesReviewSpec": "namespace=1",
    ],
    "io.k8s.api.authentication.v1.": ["SelfSubjectReview": "metadata=1 status=2"],
  ]
}
