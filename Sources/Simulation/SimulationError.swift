/// Why a simulation did not start: one line for people.
package struct SimulationError: Error, Hashable, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}
