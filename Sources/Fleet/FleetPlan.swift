package import Federation

/// Where the clusters of a fleet lie and what everything in it is called: a function of its size.
package final class FleetPlan: Sendable {
  package let federation: Federation
  package let keys: [ServiceKey]
  /// One zone each, named like its cluster, sorted by region.
  package let clusters: [Cluster]
  /// The clusters of each region, as indexes.
  let regions: [String: Range<Int>]
  let indexes: [String: Int]

  static let zonesInRegion = 25

  init(clusters count: Int, services: Int) {
    federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))
    keys = (0..<max(1, services)).map { number in
      ServiceKey(namespace: "team-\(Self.padded(number / 50, 3))", name: "service-\(Self.padded(number, 4))")
    }.sorted()
    var clusters: [Cluster] = []
    var regions: [String: Range<Int>] = [:]
    var indexes: [String: Int] = [:]
    for start in stride(from: 0, to: max(1, count), by: Self.zonesInRegion) {
      let region = "region-\(Self.padded(start / Self.zonesInRegion, 3))"
      let end = min(max(1, count), start + Self.zonesInRegion)
      regions[region] = start..<end
      for index in start..<end {
        let name = "\(region)-\(UnicodeScalar(UInt8(ascii: "a") + UInt8(index - start)))"
        indexes[name] = index
        clusters.append(Cluster(name: name, region: region, zones: [name], condition: .ready))
      }
    }
    self.clusters = clusters
    self.regions = regions
    self.indexes = indexes
  }

  /// The clusters that an order covers, whatever the service.
  func clusters(in target: CordonTarget) -> Range<Int> {
    switch target {
    case .region(let name): regions[name] ?? 0..<0
    case .zone(let name), .cluster(let name), .shard(let name, _): indexes[name].map { $0..<$0 + 1 } ?? 0..<0
    }
  }

  /// The name of a service at a level.
  func name(of key: ServiceKey, at level: Level) -> DomainName {
    let label =
      switch level {
      case .global: ""
      case .region(let region): "\(region)."
      case .zone(let zone, _): "\(zone)."
      }
    return DomainName(
      canonical: "\(key.name).\(key.namespace).\(federation.name).svc.\(label)\(federation.domain.text)")
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
