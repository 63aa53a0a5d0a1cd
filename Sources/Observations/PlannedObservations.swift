package import Documents
package import Federation

/// The plan of a situation that was written down, as values and as text.
package struct PlannedObservations: Sendable {
  /// One plan a service, sorted by service.
  package var plans: [ServicePlan]
  /// The whole as JSON, ending in a line feed; the same text in gives the same bytes out.
  package var json: String

  /// Plans the situation that a JSON or YAML text describes.
  ///
  /// - Throws: ``DocumentError`` with the place of what is wrong, in one line.
  package init(text: String, name: String) throws(DocumentError) {
    let observations = try Observations(DocumentNode.parse(text, name: name))
    let (groups, others) = observations.context.grouped(observations.published)
    let plan = observations.context.plan(observations.services, published: groups, window: nil)
    let federation = observations.context.federation.name
    let untouched = others.filter { $0.owner == federation && $0.recordSet.type != .txt }.map(\.recordSet)
    plans = plan.services
    json = PlanWriter.text(plan, untouched: untouched)
  }
}
