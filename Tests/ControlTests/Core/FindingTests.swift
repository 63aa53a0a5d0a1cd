import Federation
import Testing

@testable import Control

/// What the doctor finds in a picture.
@Suite struct FindingTests {
  private static let now = Timestamp(seconds: 1_792_159_351)
  private static let key = ServiceKey(namespace: "shop", name: "cart")

  private func shard(_ cluster: String, _ reason: Verdict.Reason, ready: Int = 3, total: Int = 3) -> ShardSnapshot {
    ShardSnapshot(
      shard: Shard(cluster: cluster, addresses: ["192.0.2.1"], readyEndpoints: ready, totalEndpoints: total),
      region: "eu", zones: [cluster],
      verdict: Verdict(service: Self.key, cluster: cluster, isHealthy: reason == .healthy, reason: reason),
      isServing: reason == .healthy, observed: Self.now, since: Self.now + .seconds(-90), history: [])
  }

  private func snapshot(_ shards: [ShardSnapshot], _ edit: (inout FederationSnapshot) -> Void = { _ in }) -> [Finding] {
    var snapshot = FederationSnapshot(
      revision: 1, time: Self.now, federation: Federation(name: "fed", domain: DomainName(canonical: "example.com")),
      provider: "rfc2136",
      clusters: shards.map {
        ClusterSnapshot(
          cluster: Cluster(name: $0.shard.cluster, region: "eu", zones: [$0.shard.cluster], condition: .ready),
          reason: "answers", lastHeard: Self.now, since: Self.now)
      },
      services: [ServiceSnapshot(key: Self.key, ttl: 180, generation: 1, shards: shards, names: [], held: [])],
      cordons: [], dns: .inStep, leader: .this, events: [])
    edit(&snapshot)
    return snapshot.findings
  }

  @Test func aHealthyPictureHasNone() {
    #expect(snapshot([shard("a", .healthy), shard("b", .healthy)]).isEmpty)
  }

  @Test func shardsThatSufferFromTheSameAreOneFinding() throws {
    let found = snapshot([
      shard("a", .healthy), shard("b", .noReadyEndpoints, ready: 0), shard("c", .noReadyEndpoints, ready: 0),
    ])
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.what == "no endpoint is ready in 2 of 3 clusters")
    #expect(finding.evidence.contains("b, c") && finding.evidence.contains("1m30s"))
    #expect(finding.cure.contains("kubectl --context b -n shop"))
  }

  @Test func everyReasonIsSaidOnceByTheShardTheClusterOrTheOrder() {
    for reason in [Verdict.Reason.noAddress, .hostUnresolved, .clusterUnplaced, .damped, .noReadyEndpoints] {
      #expect(snapshot([shard("a", .healthy), shard("b", reason)]).count == 1, "\(reason)")
    }
    let unreachable = snapshot([shard("a", .healthy), shard("b", .clusterUnreachable)]) { snapshot in
      snapshot.clusters[1].cluster.condition = .unreachable
    }
    #expect(unreachable.map(\.subject) == ["cluster/b"])
  }

  @Test func theMostUrgentComesFirstAndEveryOneHasACure() {
    let found = snapshot([shard("a", .healthy), shard("b", .noAddress)]) { snapshot in
      snapshot.leader = .none
      snapshot.dns = .unreachable("connection refused")
      snapshot.services[0].refusals = ["b": "the namespace is being deleted"]
      snapshot.cordons = [
        Cordon(
          kind: .drain, target: .zone("a"), service: nil, reason: "rack power", holder: "ops2", created: Self.now,
          expires: Self.now + .seconds(600))
      ]
      snapshot.services[0].held = [Hold(rule: .massChange, service: Self.key, name: nil, why: "4 of 5 addresses")]
    }
    let ranks = found.map { Finding.Severity.allCases.firstIndex(of: $0.severity) ?? 9 }
    #expect(ranks == ranks.sorted())
    #expect(found.count == 6 && found.allSatisfy { !$0.cure.isEmpty && !$0.evidence.isEmpty })
    #expect(found.last?.what == "drain by ops2: rack power")
    #expect(found.contains { $0.what == "held by mass-change" && $0.cure.contains("--override mass-change") })
  }

  @Test func aSilentClusterIsSaidToBeSilentAndNotToRefuse() {
    let found = snapshot([shard("a", .healthy), shard("b", .clusterUnreachable)]) { snapshot in
      snapshot.clusters[1].cluster.condition = .unreachable
      snapshot.services[0].refusals = ["b": "cannot be reached"]
      snapshot.services[0].held = [Hold(rule: .quorum, service: Self.key, name: nil, why: "b cannot be reached")]
      snapshot.held = [FederationHold(rule: .quorum, subject: "cluster/b", why: "0 of 0 vantage points")]
    }
    #expect(found.map(\.subject) == ["cluster/b", "cluster/b"])
    #expect(found.allSatisfy { $0.severity == .warning && $0.cure.contains("zonetop drain cluster/b") })
  }

  @Test func noHealthyShardAtAllIsSaidFirstOfItsService() {
    let found = snapshot([shard("a", .noAddress)])
    #expect(found.first?.what == "no shard is healthy: the last good addresses stay")
  }
}
