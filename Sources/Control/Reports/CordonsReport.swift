internal import Federation
package import JSON

/// What `zonetop cordons` prints: the orders in force, who gave them, why and for how long.
package struct CordonsReport: Sendable {
  package var snapshot: FederationSnapshot

  package init(_ snapshot: FederationSnapshot) { self.snapshot = snapshot }

  package var lines: [String] {
    let rollbacks = snapshot.services.compactMap(\.pin)
    if snapshot.cordons.isEmpty, rollbacks.isEmpty { return ["no cordon, drain or rollback is in force"] }
    var table = TextTable(["KIND", "TARGET", "SERVICE", "PHASE", "LEFT", "HOLDER", "REASON"])
    for cordon in snapshot.cordons {
      table.add([
        cordon.kind.rawValue, cordon.target.description, cordon.service?.description ?? "all", phase(of: cordon),
        ageText(cordon.expires - snapshot.time), cordon.holder, cordon.reason,
      ])
    }
    for rollback in rollbacks {
      table.add([
        "rollback", "generation \(rollback.pin.generation)", rollback.service.description, "InForce",
        ageText(rollback.expires - snapshot.time), rollback.holder, rollback.reason,
      ])
    }
    return table.lines
  }

  private func phase(of cordon: Cordon) -> String {
    guard let status = status(of: cordon) else { return "" }
    return status.phase.rawValue + (status.isExpiring ? ", ends soon" : "")
  }

  private func status(of cordon: Cordon) -> CordonStatus? {
    snapshot.orders.first { $0.cordon == cordon }?.status
  }

  package var json: JSONValue {
    .array(
      snapshot.cordons.map { cordon in
        [
          "kind": .string(cordon.kind.rawValue), "target": .string(cordon.target.description),
          "service": cordon.service.map { .string($0.description) } ?? .null, "reason": .string(cordon.reason),
          "holder": .string(cordon.holder), "created": .string(cordon.created.description),
          "expires": .string(cordon.expires.description),
          "phase": status(of: cordon).map { .string($0.phase.rawValue) } ?? .null,
          "message": status(of: cordon).map { .string($0.message) } ?? .null,
          "expiring": .bool(status(of: cordon)?.isExpiring ?? false),
        ]
      }
        + snapshot.services.compactMap(\.pin).map { rollback in
          [
            "kind": "rollback", "service": .string(rollback.service.description),
            "generation": .integer(Int64(clamping: rollback.pin.generation)), "reason": .string(rollback.reason),
            "holder": .string(rollback.holder), "created": .string(rollback.created.description),
            "expires": .string(rollback.expires.description),
          ]
        })
  }
}

/// What `zonetop clusters` prints.
package struct ClustersReport: Sendable {
  package var snapshot: FederationSnapshot

  package init(_ snapshot: FederationSnapshot) { self.snapshot = snapshot }

  package var lines: [String] {
    var table = TextTable(["CLUSTER", "REGION", "ZONES", "CONDITION", "HEARD", "REASON"])
    for entry in snapshot.clusters {
      table.add([
        entry.cluster.name, entry.cluster.region, entry.cluster.zones.joined(separator: ","),
        entry.cluster.condition.words, ageText(since: entry.lastHeard, at: snapshot.time), entry.reason,
      ])
    }
    return table.lines
  }

  package var json: JSONValue {
    .array(
      snapshot.clusters.map { entry in
        [
          "name": .string(entry.cluster.name), "region": .string(entry.cluster.region),
          "zones": .array(entry.cluster.zones.map(JSONValue.string)),
          "condition": .string(entry.cluster.condition.rawValue), "reason": .string(entry.reason),
          "lastHeard": entry.lastHeard.map { .string($0.description) } ?? .null,
        ]
      })
  }
}
