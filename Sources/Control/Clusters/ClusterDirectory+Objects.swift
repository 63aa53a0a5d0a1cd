internal import Federation
internal import JSON
internal import Kubernetes
internal import Logging

extension ClusterDirectory {
  /// Keeps the `Cluster` objects: shows the configured members, writes conditions, takes members out in order.
  func keepObjects(_ gate: any MembershipGate) async {
    while !Task.isCancelled {
      if isListed, await gate.mayWrite() {
        let statuses = await gate.memberStatuses()
        await withTaskGroup(of: Void.self) { group in
          for status in statuses { group.addTask { await self.keep(status, gate) } }
        }
        for object in objects.values.sorted(by: { $0.name < $1.name }) where troubles[object.name] != nil {
          await connect(object)
        }
      }
      try? await clock.sleep(for: .seconds(1))
    }
  }

  private func keep(_ status: ClusterStatus, _ gate: any MembershipGate) async {
    let member = status.cluster.name
    let name = ClusterObject.objectName(member)
    do throws(KubernetesError) {
      guard let object = objects[name] else { return try await show(member, as: name) }
      if object.isDeleting { return try await release(object, member, gate) }
      if !object.isConfigured, !object.finalizers.contains(FederationMarks.member) {
        try await setFinalizers(object.finalizers + [FederationMarks.member], of: object)
        return
      }
      var status = status
      if status.cluster.condition == .ready, versions[member] == nil {
        versions[member] = try? await members[member]?.client.get("/version")["gitVersion"]?.string
      }
      status.version = versions[member].map { cleanLine($0) }
      guard let update = status.update(of: object.value["status"]) else { return }
      let stored = try await federation.patch(
        ClusterObject.resource, name: name, subresource: "status", ["status": update])
      note(stored)
    } catch {
      if error.code != .conflict, error.code != .notFound {
        log.debug("\(error.description)", metadata: ["cluster": "\(member)"])
      }
    }
  }

  /// Makes a member of the configuration visible as an object.
  private func show(_ member: String, as name: String) async throws(KubernetesError) {
    guard let running = members[member], running.isConfigured, !name.isEmpty else { return }
    let object = ClusterObject.new(
      name: name, server: running.client.access.server, region: nil, zones: [], context: member, isConfigured: true)
    note(try await federation.create(ClusterObject.resource, object))
  }

  /// Lets go of an object that is being deleted, once nothing of its cluster is in DNS and its shards are seen to.
  private func release(_ object: ClusterObject, _ member: String, _ gate: any MembershipGate)
    async throws(KubernetesError)
  {
    guard object.finalizers.contains(FederationMarks.member) else { return }
    if members[member]?.isConfigured != true {
      guard await !gate.isPublished(member) else {
        await events.record(
          .normal, "LeavingDNS", "its addresses are in DNS still; it leaves when they are gone", about: object.reference
        )
        return
      }
      if await propagator?.hasLeft(member) == false {
        guard let since = leavingSince[member], ContinuousClock.now - since >= patience else { return }
        await events.record(
          .warning, "ShardsLeftBehind", "it does not answer, so that its shards stay as they are",
          about: object.reference)
      }
    }
    try await setFinalizers(object.finalizers.filter { $0 != FederationMarks.member }, of: object)
  }

  private func setFinalizers(_ finalizers: [String], of object: ClusterObject) async throws(KubernetesError) {
    let stored = try await federation.patch(
      ClusterObject.resource, name: object.name,
      [
        "metadata": [
          "finalizers": .array(finalizers.map(JSONValue.string)),
          "resourceVersion": object.value["metadata"]?["resourceVersion"] ?? .null,
        ]
      ])
    note(stored)
  }

  /// Takes what the API stored, so that the next look does not write it again before the watch has told it.
  private func note(_ stored: JSONValue) {
    if let object = ClusterObject(stored), objects[object.name]?.isDeleting != true { objects[object.name] = object }
  }
}

extension ClusterObject {
  /// As events refer to it.
  var reference: JSONValue {
    var reference: JSONValue = ["apiVersion": .string(Self.apiVersion), "kind": "Cluster", "name": .string(name)]
    reference["uid"] = value["metadata"]?["uid"]
    return reference
  }
}
