import Control
import DNSProviders
import Federation

/// The plan of a large federation from nothing, and the cost of one shard that changes in it.
func benchPlan() {
  let clusters = 100
  let services = 1_000
  print("plan: \(clusters) clusters × \(services) services, one zone a cluster, ten regions")
  var full: [Duration] = []
  var core = largeCore(clusters: clusters, services: services)
  for _ in 0..<3 {
    core = largeCore(clusters: clusters, services: services)
    full.append(ContinuousClock().measure { planAll(&core) })
  }
  Measure.line("full plan", Measure.text(full.min() ?? .zero), aim: "≤ 300 ms")
  let key = ServiceKey(namespace: "bench", name: "service-500")
  let now = Timestamp(seconds: 1_767_225_601)
  // What the full plan wanted is now published, as it is in a federation that runs.
  commitAll(&core, at: now)
  var ready = 3
  var fastest: Duration?
  for _ in 0..<200 {
    ready = 3 - ready
    let change = Observation.cluster(
      "cluster-42", .endpoint("slice", key, .init(family: .v4, ready: ready, total: 3)))
    var action: Action?
    let span = ContinuousClock().measure {
      core.receive(change, at: now)
      action = core.nextAction(in: .lead, at: now)
    }
    if case .commit(let batch)? = action { core.committed(batch, at: now) }
    while core.nextAction(in: .lead, at: now) != nil {}
    fastest = fastest.map { min($0, span) } ?? span
  }
  Measure.line("one changed shard: observed, planned, batched", Measure.text(fastest ?? .zero), aim: "≤ 100 µs")
}

private func planAll(_ core: inout ControlCore) {
  let now = Timestamp(seconds: 1_767_225_600)
  while core.nextAction(in: .observe, at: now) != nil {}
}

private func commitAll(_ core: inout ControlCore, at now: Timestamp) {
  core.receive(.reconcile(nil), at: now)
  while let action = core.nextAction(in: .lead, at: now) {
    switch action {
    case .commit(let batch): core.committed(batch, at: now)
    case .read(let key, _): core.receive(.names(key, ZoneContents(recordSets: [])), at: now)
    }
  }
}

private func largeCore(clusters: Int, services: Int) -> ControlCore {
  let now = Timestamp(seconds: 1_767_225_600)
  let federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))
  let names = (0..<clusters).map { "cluster-\($0)" }
  var core = ControlCore(
    federation: federation, limits: .default, identity: "bench/1",
    members: names.map { Configuration.Member(context: $0, region: nil, zones: []) }, at: now)
  let keys = (0..<services).map { ServiceKey(namespace: "bench", name: "service-\($0)") }
  core.receive(.services(.replaced(Dictionary(keys.map { ($0, ServiceDeclaration()) }) { $1 })), at: now)
  core.receive(.cordons(.replaced([:])), at: now)
  for (index, name) in names.enumerated() {
    let place = ClusterFacts.Place(region: "region-\(index % 10)", zone: "zone-\(index)")
    core.receive(.cluster(name, .probe(.ready)), at: now)
    core.receive(.cluster(name, .nodes(["node": place])), at: now)
    var addresses: [ServiceKey: [String]] = [:]
    var endpoints: [ServiceKey: [String: ClusterFacts.Endpoints]] = [:]
    for (number, key) in keys.enumerated() {
      addresses[key] = ["10.\(index).\(number / 250).\(number % 250)"]
      endpoints[key] = ["slice": .init(family: .v4, ready: (index + number) % 4 == 0 ? 0 : 3, total: 3)]
    }
    core.receive(.cluster(name, .services(addresses)), at: now)
    core.receive(.cluster(name, .endpoints(endpoints)), at: now)
  }
  core.receive(.zone(ZoneContents(recordSets: [])), at: now)
  return core
}
