internal import Federation

extension ControlCore {
  /// The load balancer hostnames among the addresses of the federated services, sorted.
  package var hostnames: [String] {
    var found: Set<String> = []
    for (name, member) in members {
      for key in services.keys {
        for address in member.facts.shard(of: key, in: name)?.addresses ?? [] where IPAddress(address) == nil {
          found.insert(address)
        }
      }
    }
    return found.sorted()
  }
}
