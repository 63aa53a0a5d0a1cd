internal import Federation
internal import JSON
internal import Kubernetes
internal import Logging

extension Propagator {
  /// Brings one federated service a step further: wishes to the clusters, what became of them back to its object.
  func work(on key: ServiceKey) async {
    do throws(KubernetesError) {
      guard let gate, await gate.mayWrite() else { return queue.add(key, at: .now + .seconds(1)) }
      guard let object = services[key] else { return await forget(key) }
      if Self.isDeleting(object) {
        try await delete(key, object, gate)
      } else {
        deletions[key] = nil
        try await carry(key, object)
      }
      failures[key] = nil
    } catch {
      let count = min((failures[key] ?? 0) + 1, 12)
      failures[key] = count
      // What another writer changed meanwhile comes by the watch.
      if error.code != .conflict, error.code != .notFound {
        log.warning("\(error.description)", metadata: ["service": "\(key)"])
      }
      queue.add(key, at: .now + Backoff().delay(failures: count, random: .random(in: 0.5..<1)))
    }
  }

  /// A service that is no longer ours to carry: its shards stay as they are.
  private func forget(_ key: ServiceKey) async {
    deletions[key] = nil
    reports[key] = nil
    let behind = await leftBehind.shards
    for (name, member) in members where behind[.init(cluster: name, service: key)] == nil {
      await member.keeper.wish(nil, for: key)
    }
  }

  // MARK: Carrying

  private func carry(_ key: ServiceKey, _ object: JSONValue) async throws(KubernetesError) {
    guard Self.finalizers(object).contains(FederationMarks.shards) else {
      // Before the first shard, so that no deletion is ever missed; the watch brings the object back.
      services[key] = try await setFinalizers(Self.finalizers(object) + [FederationMarks.shards], of: key, object)
      queue.add(key)
      return
    }
    try await leftBehind.read()
    try await leftBehind.forget(key)
    let template = ServiceTemplate(object)
    let text = object["metadata"]?["annotations"]?[FederationMarks.clusters]?.string
    var selector: ClusterSelector?
    do throws(SelectorError) {
      selector = try text.map { text throws(SelectorError) in try ClusterSelector(text) }
    } catch {
      // What is not understood moves nothing.
      await events.record(.warning, "InvalidClusterSelector", error.description, about: Self.reference(object))
      return
    }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      if let orphan = leaving[name] {
        await member.keeper.wish(.nothing(orphan: orphan), for: key)
        continue
      }
      let cluster = clusters[name] ?? Cluster(name: name, region: "", zones: [], condition: .unreachable)
      switch selector.map({ $0.selects(cluster) }) ?? true {
      case true?: await member.keeper.wish(.shard(template), for: key)
      case false?: await member.keeper.wish(.nothing(orphan: false), for: key)
      case nil: continue
      }
    }
    try await tell(key, object)
  }

  /// Writes what became of the shards on the federated object, where that has changed.
  private func tell(_ key: ServiceKey, _ object: JSONValue) async throws(KubernetesError) {
    let known = reports[key] ?? [:]
    var points = known.values.reduce(into: Set<IngressPoint>()) { $0.formUnion($1.ingress ?? []) }
    let before = IngressList.points(of: object)
    // While a cluster has not said what it has, nothing is taken away on its behalf.
    if members.keys.contains(where: { known[$0] == nil || known[$0]?.state == .pending }) { points.formUnion(before) }
    if case .unreachable? = known.values.first(where: { if case .unreachable = $0.state { true } else { false } })?
      .state
    {
      points.formUnion(before)
    }
    if points != before {
      ownCalls += 1
      let stored = try await client.patch(
        .services, namespace: key.namespace, name: key.name, subresource: "status", IngressList.status(points))
      if services[key] != nil { services[key] = stored }
    }
    let complaints = known.compactMapValues { report in
      report.state.complaint.map { JSONValue.string("\($0.reason): \($0.message)") }
    }
    let text = complaints.isEmpty ? nil : JSONValue.object(complaints).text()
    if text != object["metadata"]?["annotations"]?[FederationMarks.refused]?.string {
      let value = text.map(JSONValue.string) ?? .null
      ownCalls += 1
      let stored = try await client.patch(
        .services, namespace: key.namespace, name: key.name,
        ["metadata": ["annotations": .object([FederationMarks.refused: value])]])
      if services[key] != nil { services[key] = stored }
    }
  }

  private func setFinalizers(
    _ finalizers: [String], of key: ServiceKey, _ object: JSONValue
  ) async throws(KubernetesError) -> JSONValue {
    ownCalls += 1
    return try await client.patch(
      .services, namespace: key.namespace, name: key.name,
      [
        "metadata": [
          "finalizers": .array(finalizers.map(JSONValue.string)),
          "resourceVersion": object["metadata"]?["resourceVersion"] ?? .null,
        ]
      ])
  }

  // MARK: Deletion

  private func delete(
    _ key: ServiceKey, _ object: JSONValue, _ gate: any PropagationGate
  ) async throws(KubernetesError) {
    let began = deletions[key] ?? .now
    deletions[key] = began
    let orphan = orphaned.contains(key) || Self.leavesShards(object)
    if orphan, object["metadata"]?["annotations"]?[FederationMarks.orphan] != "true" {
      // Kubernetes' own garbage collector takes its finalizer away in its own time; the wish outlives that.
      services[key] = try await client.patch(
        .services, namespace: key.namespace, name: key.name,
        ["metadata": ["annotations": .object([FederationMarks.orphan: "true"])]])
    }
    var waits: [String] = []
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      let wish = ShardWish.nothing(orphan: orphan)
      await member.keeper.wish(wish, for: key)
      if let report = reports[key]?[name], report.wish == wish, report.state == .inStep, !report.isManaged { continue }
      waits.append(name)
    }
    guard await gate.namesAreGone(key) else { return }
    if !waits.isEmpty {
      guard ContinuousClock.now - began >= patience else { return }
      for name in waits {
        try await leftBehind.read()
        try await leftBehind.add(.init(cluster: name, service: key), orphan: orphan)
      }
      await events.record(
        .warning, "ShardsLeftBehind",
        "\(waits.joined(separator: ", ")) could not be asked to remove the shard; that is done when they answer",
        about: Self.reference(object))
    }
    let rest = Self.finalizers(object).filter {
      $0 != FederationMarks.shards && $0 != FederationMarks.orphanFinalizer
    }
    _ = try await setFinalizers(rest, of: key, services[key] ?? object)
    deletions[key] = nil
  }

  /// Whether whoever deletes a federated service wants its shards to stay.
  private static func leavesShards(_ object: JSONValue) -> Bool {
    object["metadata"]?["annotations"]?[FederationMarks.orphan] == "true"
      || finalizers(object).contains(FederationMarks.orphanFinalizer)
  }

  /// Removes shards of deleted services from clusters that have come back.
  func removeLeftBehind() async {
    guard isListed, await gate?.mayWrite() == true, (try? await leftBehind.read()) != nil else { return }
    for (shard, orphan) in await leftBehind.shards.sorted(by: { $0.key < $1.key }) {
      guard let keeper = members[shard.cluster]?.keeper, let managed = await keeper.managed else { continue }
      if services[shard.service] == nil, managed.contains(shard.service) {
        await keeper.wish(.nothing(orphan: orphan), for: shard.service)
      } else {
        if services[shard.service] == nil { await keeper.wish(nil, for: shard.service) }
        try? await leftBehind.remove(shard)
      }
    }
  }
}
