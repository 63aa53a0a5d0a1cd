import JSON

/// Which cluster addresses and node ports services hold, so that none is given twice.
struct AllotmentIndex: Hashable, Sendable {
  private var holders: [JSONValue: Int] = [:]

  /// - Parameter allotment: an address as text, a node port as a number.
  func isHeld(_ allotment: JSONValue) -> Bool { holders[allotment] != nil }

  mutating func replace(_ old: StoredObject?, with new: StoredObject?) {
    let before = old.map { Self.allotments(of: $0.value) } ?? []
    let after = new.map { Self.allotments(of: $0.value) } ?? []
    guard before != after else { return }
    for allotment in before {
      let rest = holders[allotment, default: 1] - 1
      holders[allotment] = rest > 0 ? rest : nil
    }
    for allotment in after { holders[allotment, default: 0] += 1 }
  }

  /// What a service holds; TCP and UDP may share a node port.
  static func allotments(of service: JSONValue) -> Set<JSONValue> {
    let spec = service["spec"]
    let addresses = (spec?["clusterIPs"]?.array ?? []).filter { $0 != "None" && $0 != "" }
    let ports = (spec?["ports"]?.array ?? []).compactMap { $0["nodePort"] }.filter { $0 != 0 }
    return Set(addresses + ports)
  }
}
