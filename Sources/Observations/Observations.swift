import Federation

/// One situation written down: everything that a plan depends on, read from a file.
struct Observations {
  var context: PlanningContext
  var services: [FederatedService]
  var published: [PublishedRecordSet]
}
