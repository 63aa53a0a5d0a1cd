/// Why an order could not be carried out: one line for people.
package struct ChaosError: Error, Hashable, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}
