package import Federation
package import JSON

/// What `zonetop status` prints: every shard with its health, what its zone's name holds, and why.
package struct StatusReport: Sendable {
  package var snapshot: FederationSnapshot
  /// Nil prints every service.
  package var service: ServiceKey?

  package init(_ snapshot: FederationSnapshot, service: ServiceKey? = nil) {
    self.snapshot = snapshot
    self.service = service
  }

  private var services: [ServiceSnapshot] {
    snapshot.services.filter { service == nil || $0.key == service }
  }

  private var aliases: [AliasSnapshot] {
    snapshot.aliases.filter { service == nil || $0.alias.service == service }
  }

  /// Whether every shard is healthy or deliberately out, nothing is held and DNS is in step.
  package var isHealthy: Bool {
    snapshot.dns == .inStep && snapshot.clusters.allSatisfy { $0.cluster.condition == .ready }
      && aliases.allSatisfy(\.isInStep)
      && services.allSatisfy { $0.held.isEmpty && $0.refusals.isEmpty && $0.shards.allSatisfy(\.verdict.isHealthy) }
  }

  /// The lines of `-o table`, or of `-o wide`, which adds the zone's name, the age and the reason.
  package func lines(isWide: Bool) -> [String] {
    var lines = [
      "federation \(snapshot.federation.name) · \(snapshot.federation.domain) · \(snapshot.provider) · DNS \(snapshot.dns.sentence)"
        + " · \(snapshot.leader.words)"
    ]
    lines += snapshot.held.map { "held  \($0.rule.rawValue)  \($0.subject)  \($0.why)" }
    for service in services {
      let serving = service.shards.filter(\.isServing).count
      let generation = service.generation.map { " · generation \($0)" } ?? ""
      lines.append("")
      lines.append("\(service.key)  \(serving) of \(service.shards.count) serving · TTL \(service.ttl)\(generation)")
      if let pin = service.pin {
        lines.append(
          "rolled back to generation \(pin.pin.generation) by \(pin.holder) for \(ageText(pin.expires - snapshot.time)) more: \(pin.reason)"
        )
      }
      lines += table(of: service, isWide: isWide).lines
      lines += service.refusals.sorted { $0.key < $1.key }.map { "refused  \($0.key)  \($0.value)" }
      lines += service.held.map { "held  \($0.rule.rawValue)  \($0.name?.text ?? "")  \($0.why)" }
    }
    let adrift = aliases.filter { !$0.isInStep }
    if !adrift.isEmpty { lines.append("") }
    lines += adrift.map {
      "alias \($0.alias.name) to \($0.alias.service) \($0.alias.target): not in step: \($0.why ?? "not written yet")"
    }
    let troubled = snapshot.clusters.filter { $0.cluster.condition != .ready }
    if !troubled.isEmpty { lines.append("") }
    lines += troubled.map { "cluster \($0.cluster.name): \($0.cluster.condition.words): \($0.reason)" }
    return lines
  }

  private func table(of service: ServiceSnapshot, isWide: Bool) -> TextTable {
    var table = TextTable(
      ["STATE", "REGION", "ZONE", "CLUSTER", "ADDRESSES", "READY", "HOLDS"]
        + (isWide ? ["NAME", "AGE", "REASON"] : ["REASON"]))
    for shard in service.shards {
      for zone in shard.zones {
        let name = service.names.first { $0.level == .zone(zone, region: shard.region) }
        var row = [
          shard.verdict.word, shard.region, zone, shard.shard.cluster,
          shard.shard.addresses.isEmpty ? "none" : shard.shard.addresses.joined(separator: ","),
          "\(shard.shard.readyEndpoints)/\(shard.shard.totalEndpoints)", holds(name),
        ]
        if isWide { row += [name?.name.text ?? "", ageText(since: shard.since, at: snapshot.time)] }
        table.add(row + [shard.verdict.reason.sentence])
      }
    }
    return table
  }

  private func holds(_ name: NameSnapshot?) -> String {
    guard let sets = name?.published, !sets.isEmpty else { return "nothing" }
    return sets.map { $0.type == .cname ? "CNAME" : "\($0.type.rawValue)×\($0.values.count)" }.joined(separator: " ")
  }

  /// The value of `-o json`.
  package var json: JSONValue {
    [
      "federation": .string(snapshot.federation.name), "domain": .string(snapshot.federation.domain.text),
      "provider": .string(snapshot.provider), "time": .string(snapshot.time.description),
      "dns": .string(snapshot.dns.sentence), "leader": snapshot.leader.name.map(JSONValue.string) ?? .null,
      "held": .array(
        snapshot.held.map {
          ["rule": .string($0.rule.rawValue), "subject": .string($0.subject), "why": .string($0.why)]
        }),
      "clusters": .array(snapshot.clusters.map(json)), "services": .array(services.map(json)),
      "aliases": .array(aliases.map(json)),
    ]
  }

  private func json(_ cluster: ClusterSnapshot) -> JSONValue {
    [
      "name": .string(cluster.cluster.name), "region": .string(cluster.cluster.region),
      "zones": .array(cluster.cluster.zones.map(JSONValue.string)),
      "condition": .string(cluster.cluster.condition.rawValue), "reason": .string(cluster.reason),
      "lastHeard": cluster.lastHeard.map { .string($0.description) } ?? .null,
    ]
  }

  private func json(_ alias: AliasSnapshot) -> JSONValue {
    [
      "name": .string(alias.alias.name.text), "service": .string(alias.alias.service.description),
      "target": .string(alias.alias.target.description), "desired": alias.desired?.json ?? .null,
      "published": .array(alias.published.map(\.recordSet.json)), "inStep": .bool(alias.isInStep),
      "why": alias.why.map(JSONValue.string) ?? .null,
    ]
  }

  private func json(_ service: ServiceSnapshot) -> JSONValue {
    [
      "namespace": .string(service.key.namespace), "name": .string(service.key.name),
      "ttl": .integer(Int64(service.ttl)),
      "generation": service.generation.map { .integer(Int64(clamping: $0)) } ?? .null,
      "shards": .array(service.shards.map(json)), "names": .array(service.names.map(json)),
      "held": .array(service.held.map(\.json)),
      "refusals": .object(service.refusals.mapValues(JSONValue.string)),
      "rollback": service.pin.map(json) ?? .null,
    ]
  }

  private func json(_ rollback: RollbackOrder) -> JSONValue {
    [
      "generation": .integer(Int64(clamping: rollback.pin.generation)), "holder": .string(rollback.holder),
      "reason": .string(rollback.reason), "expires": .string(rollback.expires.description),
    ]
  }

  private func json(_ shard: ShardSnapshot) -> JSONValue {
    [
      "cluster": .string(shard.shard.cluster), "region": .string(shard.region),
      "zones": .array(shard.zones.map(JSONValue.string)),
      "addresses": .array(shard.shard.addresses.map(JSONValue.string)),
      "readyEndpoints": .integer(Int64(shard.shard.readyEndpoints)),
      "totalEndpoints": .integer(Int64(shard.shard.totalEndpoints)), "healthy": .bool(shard.verdict.isHealthy),
      "reason": .string(shard.verdict.reason.rawValue), "serving": .bool(shard.isServing),
      "since": .string(shard.since.description),
    ]
  }

  private func json(_ name: NameSnapshot) -> JSONValue {
    [
      "name": .string(name.name.text), "desired": .array(name.desired.map(\.json)),
      "published": .array(name.published.map(\.json)),
      "servers": name.servers.map { ["agreeing": .integer(Int64($0.agreeing)), "asked": .integer(Int64($0.asked))] }
        ?? .null,
    ]
  }
}
