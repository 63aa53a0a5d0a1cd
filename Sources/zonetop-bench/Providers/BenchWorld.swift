import Control
import Federation

/// The federation that providers are measured with: 500 services in 15 clusters of four regions, which have 20 names
/// each: 10,000 record sets, and 500 marks beside them.
enum BenchWorld {
  static let federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))
  static let services = (0..<500).map { ServiceKey(namespace: "bench", name: "service-\($0)") }
  /// The cluster in which shards fail.
  static let failing = "cluster-3"
  private static let clusters = 15
  private static let regions = 4

  /// Everything that the clusters and the federation API say; the zone has still to be read.
  ///
  /// - Parameter down: services without a ready endpoint in ``failing``.
  static func core(
    _ services: [ServiceKey] = services, down: Set<ServiceKey> = [], at now: Timestamp
  ) -> ControlCore {
    let names = (0..<clusters).map { "cluster-\($0)" }
    var core = ControlCore(
      federation: federation, limits: .default, identity: "bench/1",
      members: names.map { Configuration.Member(context: $0, region: nil, zones: []) }, at: now)
    core.receive(
      .services(.replaced(Dictionary(services.map { ($0, ServiceDeclaration(probe: nil)) }) { $1 })), at: now)
    core.receive(.cordons(.replaced([:])), at: now)
    for (index, name) in names.enumerated() {
      core.receive(.cluster(name, .probe(.ready)), at: now)
      let place = ClusterFacts.Place(region: "region-\(index % regions)", zone: "zone-\(index)")
      core.receive(.cluster(name, .nodes(["node": place])), at: now)
      var addresses: [ServiceKey: [String]] = [:]
      var endpoints: [ServiceKey: [String: ClusterFacts.Endpoints]] = [:]
      for (number, key) in services.enumerated() {
        addresses[key] = ["10.\(index).\(number / 250).\(number % 250 + 1)"]
        let isDown = name == failing && down.contains(key)
        endpoints[key] = ["slice": .init(family: .v4, ready: isDown ? 0 : 3, total: 3)]
      }
      core.receive(.cluster(name, .services(addresses)), at: now)
      core.receive(.cluster(name, .endpoints(endpoints)), at: now)
    }
    return core
  }

  /// What ``failing`` says when the last endpoint of a service there goes away or comes back.
  static func news(of service: ServiceKey, ready: Int) -> Observation {
    .cluster(failing, .endpoint("slice", service, .init(family: .v4, ready: ready, total: 3)))
  }
}
