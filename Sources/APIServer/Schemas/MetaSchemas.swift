/// The types of `meta/v1` that all kinds share.
enum MetaSchemas {
  static let prefix = "io.k8s.apimachinery.pkg.apis.meta.v1."

  static let ownerReference = Schema.object(
    prefix + "OwnerReference", "Names an object in the same namespace, or one without a namespace, that owns this one.",
    isAtomic: true,
    [
      .required("apiVersion", .string, "The API version of the owner."),
      .init("blockOwnerDeletion", .boolean, "Keeps an owner that is deleted in the foreground until this is gone."),
      .init("controller", .boolean, "True for the one owner that manages the object."),
      .required("kind", .string, "The kind of the owner."),
      .required("name", .string, "The name of the owner."),
      .required("uid", .string, "The uid of the owner."),
    ])

  static let managedFields = Schema.object(
    prefix + "ManagedFieldsEntry", "The fields that one manager has set by one kind of request.",
    [
      .init("apiVersion", .string, "The API version that the fields are written in."),
      .init("fieldsType", .string, "The format of the fields; FieldsV1 is the only one."),
      .init(
        "fieldsV1", .object(prefix + "FieldsV1", "A set of fields, as a tree of their names.", isOpen: true, []),
        "The set of fields in the format FieldsV1."),
      .init("manager", .string, "Who the fields belong to."),
      .init("operation", .string, "The kind of request: Apply or Update."),
      .init("subresource", .string, "The subresource that was written, empty for the object itself."),
      .init("time", .time, "When the manager last added, changed or gave up a field."),
    ])

  static let object = Schema.object(
    prefix + "ObjectMeta", "What every object that is kept has.",
    [
      .init("annotations", .labels, "Free texts that tools keep with the object; selectors cannot ask for them."),
      .init("creationTimestamp", .time, "When the server created the object. Set by the server."),
      .init(
        "deletionGracePeriodSeconds", .int64,
        "How long the object may take to end once it is deleted. Set by the server."),
      .init(
        "deletionTimestamp", .time,
        "When deletion was asked for, or the time by which the object will be gone. Set by the server."),
      .init(
        "finalizers", .list(of: .string, .set),
        "Who still has to clean up before a deleted object is removed; the last to go removes the object."),
      .init(
        "generateName", .string, "A prefix that the server completes to a name of its own, when no name is given."),
      .init("generation", .int64, "Counts the changes of the wanted state. Set by the server."),
      .init("labels", .labels, "Short texts by which objects are grouped and selected."),
      .init("managedFields", .list(of: managedFields), "Which manager owns which fields. Kept by the server."),
      .init("name", .string, "The name, unique within the namespace for the kind. It cannot change."),
      .init("namespace", .string, "The namespace in which the name is unique; empty for kinds without namespaces."),
      .init("ownerReferences", .list(of: ownerReference, by: "uid"), "Objects that this one depends on."),
      .init(
        "resourceVersion", .string,
        "Names this version of the object; an update that carries an older one is refused. Set by the server."),
      .init("selfLink", .string, "The path of the object. Servers no longer set it."),
      .init("uid", .string, "Tells the object from all others that ever had its name. Set by the server."),
    ])

  static let list = Schema.object(
    prefix + "ListMeta", "What every list has.",
    [
      .init("continue", .string, "Set when the list goes on: asks for the next page."),
      .init("remainingItemCount", .int64, "How many objects the further pages hold, where the server knows."),
      .init("resourceVersion", .string, "The version from which a watch carries on."),
      .init("selfLink", .string, "The path of the list. Servers no longer set it."),
    ])

  static let condition = Schema.object(
    prefix + "Condition", "One aspect of the current state.",
    [
      .required("lastTransitionTime", .time, "When the status last changed."),
      .required("message", .string, "What people should know about the last change."),
      .init("observedGeneration", .int64, "The generation of the object that the condition is about."),
      .required("reason", .string, "Why the status is what it is, as one word for programs."),
      .required("status", .string, "True, False or Unknown."),
      .required("type", .string, "Which aspect this is, in CamelCase."),
    ])

  static let deleteOptions = Schema.object(
    prefix + "DeleteOptions", "How an object is to be deleted.",
    Schema.typeFields + [
      .init("dryRun", .strings, "All: check the request and change nothing."),
      .init("gracePeriodSeconds", .int64, "How long the object may take to end; 0 means at once."),
      .init("orphanDependents", .boolean, "Out of use: true leaves the objects alone that this one owns."),
      .init(
        "preconditions",
        .object(
          prefix + "Preconditions", "What must hold for a deletion to be carried out.",
          [
            .init("resourceVersion", .string, "The version that is to be deleted."),
            .init("uid", .string, "The uid of the object that is to be deleted."),
          ]), "What must hold, or the request is refused."),
      .init(
        "propagationPolicy", .string,
        "What becomes of owned objects: Orphan, Background (deleted afterwards) or Foreground (deleted before)."),
    ])

  static let status = Schema.object(
    prefix + "Status", "The answer to a request that returns no other object.",
    Schema.typeFields + [
      .init("code", .int32, "The HTTP status code."),
      .init(
        "details",
        .object(
          prefix + "StatusDetails", "More about an answer, for programs.",
          [
            .init(
              "causes",
              .list(
                of: .object(
                  prefix + "StatusCause", "One thing that was wrong.",
                  [
                    .init("field", .string, "The path of the field."), .init("message", .string, "What was wrong."),
                    .init("reason", .string, "What was wrong, as one word for programs."),
                  ])), "What was wrong, field by field."),
            .init("group", .string, "The API group of the resource."),
            .init("kind", .string, "The resource that the answer is about."),
            .init("name", .string, "The name of the object that the answer is about."),
            .init("retryAfterSeconds", .int32, "How long to wait before asking again."),
            .init("uid", .string, "The uid of the object."),
          ]), "More about the answer."),
      .init("message", .string, "What people should know."),
      .init("metadata", list, metadataNote),
      .init("reason", .string, "Why the request failed, as one word for programs."),
      .init("status", .string, "Success or Failure."),
    ])

  private static let metadataNote = "What every list has."
}
