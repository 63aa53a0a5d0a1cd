package import Federation
package import JSON
package import Kubernetes

/// Writes `Event` objects about objects at the federation API, as `kubectl describe` shows them: the one way there is.
///
/// What is said again is counted in the same Event, written at most once a minute. Of each object and reason there are a
/// few Events at most, made anew in turn, and only so many are written at a time. An event that cannot be written is
/// lost: events inform, nothing waits for them.
package actor EventRecorder {
  private let client: KubernetesClient
  private let instance: String
  private let now: @Sendable () -> Timestamp
  private let clock: any Clock<Duration>
  private var slots: [SlotKey: Slot] = [:]
  private var pending: [(key: SlotKey, message: String)] = []
  private let signal: AsyncStream<Void>.Continuation
  private let signals: AsyncStream<Void>

  /// How an event is told: as what happens, or as what somebody should look at (`type` of a Kubernetes Event).
  package enum Kind: String, Sendable { case normal = "Normal", warning = "Warning" }

  /// How often one event is counted at the API.
  static let interval: Duration = .seconds(60)
  /// Different messages that are kept of one object and reason.
  static let variety = 8
  /// Events that wait to be written, and slots that are remembered, at most.
  static let capacity = 1024
  /// Events written at a time, and the time between two bursts.
  static let burst = 20
  static let pause: Duration = .milliseconds(500)

  private struct SlotKey: Hashable {
    var kind: String
    var namespace: String
    var name: String
    var reason: String
  }

  private struct Slot {
    var object: JSONValue
    var entries: [Entry] = []
    /// Whether what an earlier process left was looked up.
    var isRead = false
  }

  private struct Entry {
    var number: Int?
    var kind: Kind
    var message: String
    var count: Int64
    var first: Timestamp
    var last: Timestamp
    var written: Timestamp?
  }

  /// - Parameter instance: the process that reports.
  package init(
    client: KubernetesClient, instance: String = "zonetop", now: @escaping @Sendable () -> Timestamp,
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.client = client
    self.instance = instance
    self.now = now
    self.clock = clock
    (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Notes an event; it is written when ``run()`` comes to it.
  ///
  /// - Parameters:
  ///   - message: without anything that differs each time, so that what recurs is counted.
  ///   - object: what it is about: `apiVersion`, `kind`, `name` and, where they are known, `namespace` and `uid`.
  package func record(_ kind: Kind, _ reason: String, _ message: String, about object: JSONValue) {
    let message = cleanText(message, limit: 1000)
    let key = SlotKey(
      kind: object["kind"]?.string ?? "", namespace: object["namespace"]?.string ?? "default",
      name: object["name"]?.string ?? "", reason: reason)
    let time = now()
    if slots[key] == nil {
      if slots.count >= Self.capacity {
        slots = slots.filter { $0.value.entries.contains { time - $0.last < Self.interval } }
      }
      guard slots.count < Self.capacity else { return }
    }
    var slot = slots[key] ?? Slot(object: object)
    if object["uid"] != nil { slot.object = object }
    defer { slots[key] = slot }
    if let index = slot.entries.firstIndex(where: { $0.message == message }) {
      slot.entries[index].count += 1
      slot.entries[index].last = time
      slot.entries[index].kind = kind
      guard let written = slot.entries[index].written, time - written >= Self.interval else { return }
      slot.entries[index].written = nil
    } else {
      slot.entries.append(
        Entry(number: nil, kind: kind, message: message, count: 1, first: time, last: time, written: nil))
      if slot.entries.count > Self.variety {
        // The oldest gives its object up to the newest.
        let oldest = slot.entries.removeFirst()
        slot.entries[slot.entries.count - 1].number = oldest.number
      }
    }
    guard pending.count < Self.capacity else { return }
    pending.append((key, message))
    signal.yield()
  }

  /// Writes what was recorded, until cancelled.
  package func run() async {
    for await _ in signals {
      while !pending.isEmpty, !Task.isCancelled {
        // Taken out first: more is recorded while these are written.
        let batch = pending.prefix(Self.burst)
        pending.removeFirst(batch.count)
        for next in batch { await write(next.message, at: next.key) }
        if !pending.isEmpty { try? await clock.sleep(for: Self.pause) }
      }
    }
  }

  private func write(_ message: String, at key: SlotKey) async {
    guard let uid = await uid(of: key) else { return }
    await readEarlier(key, uid: uid)
    guard var slot = slots[key], let index = slot.entries.firstIndex(where: { $0.message == message }) else { return }
    let taken = Set(slot.entries.compactMap(\.number))
    let number = slot.entries[index].number ?? (0..<Self.variety).first { !taken.contains($0) } ?? 0
    slot.entries[index].number = number
    slot.entries[index].written = now()
    slots[key] = slot
    let name = Self.name(key, uid: uid, number: number)
    let event = event(slot.entries[index], named: name, key, slot.object, uid: uid)
    do throws(KubernetesError) {
      do throws(KubernetesError) {
        _ = try await client.patch(.events, namespace: key.namespace, name: name, Self.changing(event))
      } catch {
        guard error.code == .notFound else { throw error }
        _ = try await client.create(.events, namespace: key.namespace, event)
      }
    } catch {
      // The next time it is said it is written again.
      if let index = slots[key]?.entries.firstIndex(where: { $0.message == message }) {
        slots[key]?.entries[index].written = Timestamp(seconds: 0)
      }
    }
  }

  /// What an earlier process wrote into the slot goes on being counted.
  private func readEarlier(_ key: SlotKey, uid: String) async {
    guard slots[key]?.isRead == false else { return }
    var earlier: [Entry] = []
    for number in 0..<Self.variety {
      guard
        let object = try? await client.get(
          .events, namespace: key.namespace, name: Self.name(key, uid: uid, number: number)),
        let message = object["message"]?.string
      else { break }
      func time(_ field: String) -> Timestamp { object[field]?.string.flatMap { Timestamp($0) } ?? now() }
      earlier.append(
        Entry(
          number: number, kind: object["type"] == "Warning" ? .warning : .normal, message: message,
          count: object["count"]?.integer ?? 1, first: time("firstTimestamp"), last: time("lastTimestamp"),
          written: time("lastTimestamp")))
    }
    guard var slot = slots[key], !slot.isRead else { return }
    slot.isRead = true
    for entry in earlier.sorted(by: { $0.last > $1.last }) {
      if let index = slot.entries.firstIndex(where: { $0.message == entry.message }) {
        slot.entries[index].number = entry.number
        slot.entries[index].count += entry.count
        slot.entries[index].first = entry.first
      } else if slot.entries.count < Self.variety {
        slot.entries.insert(entry, at: 0)
      }
    }
    slots[key] = slot
  }

  /// The uid of what an event is about, without which `kubectl describe` does not find it; nil when it is gone.
  private func uid(of key: SlotKey) async -> String? {
    if let uid = slots[key]?.object["uid"]?.string { return uid }
    let resource: ResourceType
    switch key.kind {
    case "Service": resource = .services
    case "Cluster": resource = ClusterObject.resource
    case "Cordon": resource = CordonObject.resource
    default: return ""
    }
    let namespace = slots[key]?.object["namespace"]?.string
    return try? await client.get(resource, namespace: namespace, name: key.name)["metadata"]?["uid"]?.string
  }

  private static func name(_ key: SlotKey, uid: String, number: Int) -> String {
    "\(key.name).\(uid.prefix { $0 != "-" })-\(key.reason.lowercased())-\(number)"
  }

  /// What differs from one writing to the next; the object concerned may not be changed.
  private static func changing(_ event: JSONValue) -> JSONValue {
    var patch: JSONValue = [:]
    for field in ["message", "type", "firstTimestamp", "lastTimestamp", "count"] { patch[field] = event[field] }
    return patch
  }

  private func event(_ entry: Entry, named name: String, _ key: SlotKey, _ object: JSONValue, uid: String)
    -> JSONValue
  {
    func second(_ time: Timestamp) -> JSONValue {
      .string(Timestamp(seconds: time.nanoseconds / 1_000_000_000).description)
    }
    var object = object
    object["uid"] = .string(uid)
    return [
      "apiVersion": "v1", "kind": "Event",
      "metadata": ["name": .string(name), "namespace": .string(key.namespace)], "involvedObject": object,
      "type": .string(entry.kind.rawValue), "reason": .string(key.reason), "message": .string(entry.message),
      "count": .integer(entry.count), "firstTimestamp": second(entry.first), "lastTimestamp": second(entry.last),
      "source": ["component": "zonetop"], "reportingComponent": "zonetop", "reportingInstance": .string(instance),
    ]
  }
}
