package import Federation
internal import JSON
package import Kubernetes

/// Shows the audit at the federated Services as Kubernetes Events; best effort, the journal has everything.
///
/// What recurs is counted in one Event. Of each service and reason there are at most a few Events, made anew in turn, and
/// only so many requests go out at a time; a burst over many services shows the newest of each, later.
package actor ServiceEvents {
  private let client: KubernetesClient
  private let now: @Sendable () -> Timestamp
  private let instance: String
  private var waiting: [Slot: ServiceNotice] = [:]
  private var order: [Slot] = []
  private var shown: [Slot: [Shown]] = [:]
  private var uids: [ServiceKey: String] = [:]

  private struct Slot: Hashable {
    var service: ServiceKey
    var reason: String
  }

  private struct Shown {
    var message: String
    var name: String
    var count: Int
    var first: Timestamp
    var last: Timestamp
  }

  private static let budget = 20
  private static let most = 500
  private static let events = ResourceType(version: "v1", plural: "events")
  /// Different messages kept of one service and reason.
  private static let variety = 3

  package init(client: KubernetesClient, instance: String, now: @escaping @Sendable () -> Timestamp) {
    self.client = client
    self.instance = instance
    self.now = now
  }

  /// Takes records, and shows what there is room for now.
  ///
  /// - Returns: whether more waits for the next call.
  package func announce(_ records: [AuditRecord]) async -> Bool {
    for notice in records.compactMap(ServiceNotice.init) {
      let slot = Slot(service: notice.service, reason: notice.reason)
      if waiting[slot] == nil {
        guard order.count < Self.most else { continue }
        order.append(slot)
      }
      waiting[slot] = notice
    }
    for slot in order.prefix(Self.budget) {
      guard let notice = waiting.removeValue(forKey: slot) else { continue }
      // An Event that cannot be written is not worth waiting for.
      try? await show(notice, at: slot)
    }
    order.removeFirst(min(Self.budget, order.count))
    return !order.isEmpty
  }

  private func show(_ notice: ServiceNotice, at slot: Slot) async throws(KubernetesError) {
    let uid = try await uid(of: notice.service)
    var all = shown[slot] ?? []
    let time = now()
    var entry: Shown
    if let index = all.firstIndex(where: { $0.message == notice.message }) {
      entry = all.remove(at: index)
      entry.count += 1
      entry.last = time
    } else {
      let number = all.count < Self.variety ? all.count : nil
      let name =
        number.map { "\(notice.service.name).zonetop-\(notice.reason.lowercased())-\($0)" } ?? all.removeFirst().name
      entry = Shown(message: notice.message, name: name, count: 1, first: time, last: time)
    }
    all.append(entry)
    shown[slot] = all
    let event = object(notice, entry, uid: uid)
    do throws(KubernetesError) {
      _ = try await client.patch(
        Self.events, namespace: notice.service.namespace, name: entry.name, changing(event))
    } catch {
      guard error.code == .notFound else { throw error }
      uids[notice.service] = nil
      _ = try await client.create(Self.events, namespace: notice.service.namespace, event)
    }
  }

  /// What differs from one showing to the next; the object concerned may not be changed.
  private func changing(_ event: JSONValue) -> JSONValue {
    var patch: JSONValue = [:]
    for field in ["message", "type", "firstTimestamp", "lastTimestamp", "count"] { patch[field] = event[field] }
    return patch
  }

  private func object(_ notice: ServiceNotice, _ entry: Shown, uid: String) -> JSONValue {
    func second(_ time: Timestamp) -> JSONValue {
      .string(Timestamp(seconds: time.nanoseconds / 1_000_000_000).description)
    }
    return [
      "apiVersion": "v1", "kind": "Event",
      "metadata": ["name": .string(entry.name), "namespace": .string(notice.service.namespace)],
      "involvedObject": [
        "apiVersion": "v1", "kind": "Service", "namespace": .string(notice.service.namespace),
        "name": .string(notice.service.name), "uid": .string(uid),
      ],
      "type": notice.isWarning ? "Warning" : "Normal", "reason": .string(notice.reason),
      "message": .string(entry.message), "count": .integer(Int64(entry.count)),
      "firstTimestamp": second(entry.first), "lastTimestamp": second(entry.last),
      "source": ["component": "zonetop"], "reportingComponent": "zonetop", "reportingInstance": .string(instance),
    ]
  }

  private func uid(of service: ServiceKey) async throws(KubernetesError) -> String {
    if let uid = uids[service] { return uid }
    let object = try await client.get(.services, namespace: service.namespace, name: service.name)
    let uid = object["metadata"]?["uid"]?.string ?? ""
    uids[service] = uid
    return uid
  }
}
