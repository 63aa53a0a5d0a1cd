import APIServer
package import Federation

/// What a simulated world is made of, before any of it exists: a pure function of its size and seed.
package struct WorldPlan: Hashable, Sendable {
  package var services: [ServiceKey]
  package var clusters: [ClusterPlan]

  package struct ClusterPlan: Hashable, Sendable {
    /// The name of the cluster and of its context: its zone.
    package var name: String
    package var region: String
    package var pool: AddressPool
    package var workloads: [Workload]
  }

  /// A service in one cluster at the start.
  package struct Workload: Hashable, Sendable {
    package var service: ServiceKey
    package var address: String
    package var replicas: Int
  }

  /// - Parameters:
  ///   - clusters: up to 13 are those of the seed table, in its order; further ones are made up.
  ///   - services: the first is `mynamespace/nginx`; further ones are made up.
  package init(clusters: Int, services: Int, seed: UInt64) {
    let keys = (0..<max(1, services)).map { index in
      ServiceKey(namespace: "mynamespace", name: index == 0 ? "nginx" : "service-\(index + 1)")
    }
    self.services = keys
    self.clusters = (0..<max(1, clusters)).map { index in
      let seat = Seat.at(index)
      let pool =
        services > 200 || seat.network == nil
        ? AddressPool(network: 0x6440_0000 + UInt32(index) << 12, size: 4096)
        : AddressPool(network: seat.network ?? 0, size: 256)
      var taken: Set<String> = seat.nginxAddress.map { [$0] } ?? []
      let workloads = keys.enumerated().compactMap { place, key -> Workload? in
        let address =
          place == 0 && seat.nginxAddress != nil
          ? seat.nginxAddress : pool.address(for: "\(seat.zone)/\(key)", seed: seed, taken: taken)
        guard let address else { return nil }
        taken.insert(address)
        let isIdle =
          place == 0 && index < Seat.table.count
          ? seat.nginxAddress == nil : StableHash.value("\(seed)/idle/\(seat.zone)/\(key)") % 6 == 0
        return Workload(service: key, address: address, replicas: isIdle ? 0 : 3)
      }
      return ClusterPlan(name: seat.zone, region: seat.region, pool: pool, workloads: workloads)
    }
  }
}
