import JSON

extension ResourceKind {
  package static let namespace = ResourceKind(
    group: "", version: "v1", name: "Namespace", plural: "namespaces", shortNames: ["ns"], scope: .cluster,
    subresources: [.status, .finalize], verbs: ResourceKind.singleVerbs, selectableFields: ["status.phase"],
    schema: CoreSchemas.namespace,
    columns: [TableColumn("Status", field: "status.phase"), .age],
    rules: KindRules(fillDefaults: { object, old, _ in
      if old == nil, object["spec"]?.object?.isEmpty ?? true { object["spec"] = ["finalizers": ["kubernetes"]] }
      if object["status"] == nil { object["status"] = ["phase": "Active"] }
      if let name = object[at: ["metadata", "name"]] {
        object[at: ["metadata", "labels", "kubernetes.io/metadata.name"]] = name
      }
    })
  ).named(by: .label)

  package static let node = ResourceKind(
    group: "", version: "v1", name: "Node", plural: "nodes", shortNames: ["no"], scope: .cluster,
    subresources: [.status], selectableFields: ["spec.unschedulable"],
    schema: WorkloadSchemas.node,
    columns: NodeColumns.all)

  package static let pod = ResourceKind(
    group: "", version: "v1", name: "Pod", plural: "pods", shortNames: ["po"], scope: .namespaced,
    subresources: [.status], categories: ["all"], selectableFields: ["spec.nodeName", "status.phase", "status.podIP"],
    schema: WorkloadSchemas.pod,
    columns: PodColumns.all)

  package static let event = ResourceKind(
    group: "", version: "v1", name: "Event", plural: "events", shortNames: ["ev"], scope: .namespaced,
    selectableFields: [
      "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
      "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
      "reportingComponent", "source", "type",
    ],
    schema: CoreSchemas.event,
    columns: EventColumns.all,
    rules: KindRules(fillDefaults: { object, _, _ in
      // The three members that a real server writes even when they are empty.
      object["eventTime"] = object["eventTime"] ?? .null
      object["reportingComponent"] = object["reportingComponent"] ?? ""
      object["reportingInstance"] = object["reportingInstance"] ?? ""
    }))
}
