import Documents
import Federation

/// One situation written down: everything that a plan depends on, read from a file.
struct Observations {
  var context: PlanningContext
  var services: [FederatedService]
  var published: [PublishedRecordSet]
}

/// Plans the situation that a JSON or YAML text describes, by the same rules as the controller and nothing else.
///
/// A pure function: no clock, no network, no state; the same text gives the same bytes.
///
/// - Parameters:
///   - text: the observations.
///   - name: what errors call the text, usually its path.
/// - Returns: the plan as JSON, ending in a line feed.
/// - Throws: ``DocumentError`` with the place of what is wrong, in one line.
package func observationsPlan(text: String, name: String) throws -> String {
  let observations = try Observations(DocumentNode.parse(text, name: name))
  let (groups, others) = observations.context.grouped(observations.published)
  let plan = observations.context.plan(observations.services, published: groups, window: nil)
  let federation = observations.context.federation.name
  let untouched = others.filter { $0.owner == federation && $0.recordSet.type != .txt }.map(\.recordSet)
  return PlanWriter.text(plan, untouched: untouched)
}
