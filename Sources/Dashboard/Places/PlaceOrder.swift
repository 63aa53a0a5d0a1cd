/// How siblings are ordered.
package enum PlaceOrder: String, Hashable, Sendable, CaseIterable {
  case worstFirst = "worst first"
  case name = "by name"

  func puts(_ left: Place, before right: Place) -> Bool {
    if self == .worstFirst {
      if left.state.severity != right.state.severity { return left.state.severity > right.state.severity }
      if left.tally[.down] != right.tally[.down], !left.isLeaf { return left.tally[.down] > right.tally[.down] }
    }
    return left.label < right.label
  }
}
