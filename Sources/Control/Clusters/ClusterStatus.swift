package import Federation
package import JSON

/// A member as its `Cluster` object's status shows it: a pure function of what the controller judged.
package struct ClusterStatus: Sendable, Hashable {
  package var cluster: Cluster
  /// Why it is in its condition; one line.
  package var reason: String
  package var since: Timestamp
  package var lastProbe: Timestamp?
  /// False while nobody knows yet whether it answers.
  package var isJudged: Bool
  package var version: String?

  package init(
    cluster: Cluster, reason: String, since: Timestamp, lastProbe: Timestamp?, isJudged: Bool, version: String? = nil
  ) {
    self.cluster = cluster
    self.reason = reason
    self.since = since
    self.lastProbe = lastProbe
    self.isJudged = isJudged
    self.version = version
  }

  /// How old the probe's time may grow at the API while nothing else changes.
  package static let refresh: Duration = .seconds(60)

  /// The status to write over another; nil when nothing needs to be written.
  package func update(of before: JSONValue?) -> JSONValue? {
    guard isJudged else { return nil }
    var status: JSONValue = before?.object == nil ? [:] : before ?? [:]
    if !cluster.region.isEmpty { status["region"] = .string(cluster.region) }
    if !cluster.zones.isEmpty { status["zones"] = .array(cluster.zones.map(JSONValue.string)) }
    if let version { status["version"] = .string(version) }
    let old = (before?["conditions"]?.array ?? []).filter { $0["type"] != "Ready" && $0["type"] != "Offline" }
    let conditions = conditions
    status["conditions"] = .array(old + conditions.map { condition($0, before: before) })
    if isSame(status, before) { return nil }
    return status
  }

  private struct Condition {
    var type: String
    var status: String
    var reason: String
    var message: String
  }

  private var conditions: [Condition] {
    switch cluster.condition {
    case .ready:
      [
        Condition(type: "Ready", status: "True", reason: "ClusterReady", message: reason),
        Condition(type: "Offline", status: "False", reason: "ClusterReachable", message: reason),
      ]
    case .notReady:
      [
        Condition(type: "Ready", status: "False", reason: "ClusterNotReady", message: reason),
        Condition(type: "Offline", status: "False", reason: "ClusterReachable", message: "answers its probes"),
      ]
    case .unreachable, .withdrawn:
      [
        Condition(type: "Ready", status: "Unknown", reason: "ClusterNotReachable", message: reason),
        Condition(type: "Offline", status: "True", reason: "ClusterNotReachable", message: reason),
      ]
    }
  }

  private func condition(_ new: Condition, before: JSONValue?) -> JSONValue {
    let old = before?["conditions"]?.array?.first { $0["type"]?.string == new.type }
    let isSame = old?["status"]?.string == new.status
    let transition = isSame ? old?["lastTransitionTime"]?.string : nil
    var condition: JSONValue = [
      "type": .string(new.type), "status": .string(new.status), "reason": .string(new.reason),
      "message": .string(cleanText(new.message, limit: 500)),
      "lastTransitionTime": .string(transition ?? Self.text(since)),
    ]
    if let lastProbe { condition["lastProbeTime"] = .string(Self.text(lastProbe)) }
    return condition
  }

  /// Whether two statuses differ in nothing but a probe's time that is not old yet.
  private func isSame(_ status: JSONValue, _ before: JSONValue?) -> Bool {
    func bare(_ value: JSONValue?) -> JSONValue {
      var value = value ?? [:]
      value["conditions"] = .array(
        (value["conditions"]?.array ?? []).map { condition in
          var condition = condition
          condition["lastProbeTime"] = nil
          return condition
        }.sorted { ($0["type"]?.string ?? "") < ($1["type"]?.string ?? "") })
      return value
    }
    guard bare(status) == bare(before) else { return false }
    let times = (before?["conditions"]?.array ?? []).compactMap {
      $0["lastProbeTime"]?.string.flatMap { Timestamp($0) }
    }
    guard let lastProbe else { return true }
    return times.min().map { lastProbe - $0 < Self.refresh } ?? false
  }

  /// As Kubernetes writes times: whole seconds.
  static func text(_ time: Timestamp) -> String {
    String(time.description.prefix { $0 != "." && $0 != "Z" }) + "Z"
  }
}
