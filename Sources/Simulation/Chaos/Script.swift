package import Documents
import Federation

/// Timed outages: what breaks when, counted from the start of the simulation.
package struct Script: Hashable, Sendable {
  /// In order of time.
  package var steps: [Step]

  package struct Step: Hashable, Sendable {
    package var at: Duration
    package var command: ChaosCommand
  }

  package init(steps: [Step]) { self.steps = steps.sorted { $0.at < $1.at } }

  /// Reads a script: `steps` is a list of `{ at, do }`, where `do` is an order as ``ChaosCommand`` reads it.
  ///
  /// ```yaml
  /// steps:
  ///   - { at: 5s, do: scale us-central1-a 0 mynamespace/nginx for 20s }
  ///   - { at: 30s, do: partition us-central1 for 1m }
  /// ```
  package init(_ text: String, name: String) throws(DocumentError) {
    var fields = try DocumentNode.parse(text, name: name).mapping()
    var steps: [Step] = []
    for node in try fields.required("steps").sequence() {
      var step = try node.mapping()
      let at = try step.required("at").duration()
      let order = try step.required("do")
      let words = try order.nonemptyString()
      try step.finish()
      let command: ChaosCommand
      do throws(ChaosError) {
        command = try ChaosCommand(text: words)
      } catch {
        throw order.error(error.description)
      }
      steps.append(Step(at: at, command: command))
    }
    try fields.finish()
    self.init(steps: steps)
  }
}
