import APIServer

/// The addresses that a cluster's load balancers are given, without the first and the last of the network.
package struct AddressPool: Hashable, Sendable {
  /// The network's own address as a number.
  package var network: UInt32
  package var size: UInt32

  /// The address that a service gets: where its name falls in the pool, or the next that is free.
  ///
  /// - Returns: nil when all are taken.
  func address(for service: String, seed: UInt64, taken: Set<String>) -> String? {
    let hosts = size - 2
    let start = UInt32(StableHash.value("\(seed)/\(service)") % UInt64(hosts))
    for step in 0..<hosts {
      let address = text(network + 1 + (start + step) % hosts)
      if !taken.contains(address) { return address }
    }
    return nil
  }

  private func text(_ address: UInt32) -> String {
    "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)"
  }
}
