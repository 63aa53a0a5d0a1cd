package import Federation
package import JSON
package import Kubernetes

/// Writes `Event` objects about objects at the federation API, as `kubectl describe` shows them.
///
/// What is said again is counted in the same object, at most once a minute. An event that cannot be written is lost:
/// events inform, nothing waits for them.
package actor EventRecorder {
  private let client: KubernetesClient
  private let now: @Sendable () -> Timestamp
  private var said: [String: (count: Int64, written: Timestamp)] = [:]
  private var pending: [(name: String, namespace: String, event: JSONValue)] = []
  private let signal: AsyncStream<Void>.Continuation
  private let signals: AsyncStream<Void>

  /// How often one event is counted at the API.
  static let interval: Duration = .seconds(60)
  /// Events that wait to be written, and events that are remembered, at most.
  static let capacity = 1024

  package init(client: KubernetesClient, now: @escaping @Sendable () -> Timestamp) {
    self.client = client
    self.now = now
    (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  package enum Kind: String, Sendable { case normal = "Normal", warning = "Warning" }

  /// Notes an event; it is written when ``run()`` comes to it.
  ///
  /// - Parameter object: what it is about: `apiVersion`, `kind`, `name` and, where they are known, `namespace` and `uid`.
  package func record(_ kind: Kind, _ reason: String, _ message: String, about object: JSONValue) {
    let message = cleanText(message, limit: 1000)
    let name = object["name"]?.string ?? ""
    let namespace = object["namespace"]?.string ?? "default"
    let identity = "\(object["kind"]?.string ?? "")/\(namespace)/\(name)/\(reason)/\(message)"
    let time = now()
    var known = said[identity] ?? (0, Timestamp(seconds: 0))
    known.count += 1
    guard time - known.written >= Self.interval, pending.count < Self.capacity else {
      said[identity]?.count = known.count
      return
    }
    if said.count >= Self.capacity { said = said.filter { time - $0.value.written < Self.interval } }
    said[identity] = (known.count, time)
    let digits = String(Self.hash(identity), radix: 16)
    let stamp = JSONValue.string(time.description.prefix { $0 != "." && $0 != "Z" } + "Z")
    let event: JSONValue = [
      "apiVersion": "v1", "kind": "Event",
      "metadata": ["name": .string("\(name).\(digits)"), "namespace": .string(namespace)],
      "involvedObject": object, "type": .string(kind.rawValue), "reason": .string(reason),
      "message": .string(message), "source": ["component": "zonetop"], "reportingComponent": "zonetop",
      "reportingInstance": "zonetop", "firstTimestamp": stamp, "lastTimestamp": stamp, "count": .integer(known.count),
    ]
    pending.append(("\(name).\(digits)", namespace, event))
    signal.yield()
  }

  /// Writes what was recorded, until cancelled.
  package func run() async {
    for await _ in signals {
      while !pending.isEmpty, !Task.isCancelled {
        let next = pending.removeFirst()
        await write(next.event, name: next.name, namespace: next.namespace)
      }
    }
  }

  private func write(_ event: JSONValue, name: String, namespace: String) async {
    do {
      _ = try await client.create(.events, namespace: namespace, event)
    } catch {
      guard error.code == .alreadyExists else { return }
      let before = try? await client.get(.events, namespace: namespace, name: name)
      let count = (before?["count"]?.integer ?? 0) + 1
      _ = try? await client.patch(
        .events, namespace: namespace, name: name,
        ["count": .integer(count), "lastTimestamp": event["lastTimestamp"] ?? .null])
    }
  }

  /// FNV-1a: the same event has the same name in every run.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
