package import Federation
package import JSON

extension CordonObject {
  /// The status as a merge patch; times travel in conditions, as `kubectl wait` knows them.
  ///
  /// - Parameter generation: of the order that the status is about.
  package static func encode(_ status: CordonStatus, generation: Int64?, at now: Timestamp) -> JSONValue {
    func condition(_ type: String, _ reason: String, since: Timestamp?, _ message: String) -> JSONValue {
      var condition: [String: JSONValue] = [
        "type": .string(type), "status": .string(since == nil ? "False" : "True"), "reason": .string(reason),
        "message": .string(message), "lastTransitionTime": .string((since ?? now).description),
      ]
      if let generation { condition["observedGeneration"] = .integer(generation) }
      return .object(condition)
    }
    let drain = status.drain
    let count = drain?.servers.map { "\($0.agreeing) of \($0.asked) name servers" } ?? ""
    let isEnded = status.phase == .drained
    return [
      "status": [
        "phase": .string(status.phase.rawValue), "message": .string(status.message),
        "conditions": [
          condition("Accepted", "Provider", since: drain?.accepted, ""),
          condition("Served", "ReadBack", since: drain?.served, count),
          condition(
            "CachesEnded", "TimeToLive", since: isEnded ? drain?.cachesEnd ?? now : nil,
            drain?.cachesEnd.map { "\($0)" } ?? ""),
          condition("Expiring", "Expiry", since: status.isExpiring ? now : nil, ""),
        ],
      ]
    ]
  }

  /// The status that an object bears of the order as it is now; nil when it is about an earlier one.
  static func status(of object: JSONValue, _ cordon: Cordon, generation: Int64?) -> CordonStatus? {
    guard let status = object["status"], let phase = status["phase"]?.string.flatMap(CordonStatus.Phase.init(rawValue:))
    else { return nil }
    let conditions = status["conditions"]?.array ?? []
    func condition(_ type: String) -> JSONValue? { conditions.first { $0["type"]?.string == type } }
    if let generation, condition("Accepted")?["observedGeneration"]?.integer != generation { return nil }
    func since(_ type: String) -> Timestamp? {
      guard let condition = condition(type), condition["status"]?.string == "True" else { return nil }
      return condition["lastTransitionTime"]?.string.flatMap { Timestamp($0) }
    }
    var drain: DrainStatus?
    if let accepted = since("Accepted") {
      let figures = (condition("Served")?["message"]?.string ?? "").split(separator: " ").compactMap { Int($0) }
      drain = DrainStatus(
        target: cordon.target, service: cordon.service, accepted: accepted,
        servers: figures.count == 2 ? ServerCount(agreeing: figures[0], asked: figures[1]) : nil,
        served: since("Served"),
        cachesEnd: condition("CachesEnded")?["message"]?.string.flatMap { Timestamp($0) })
    }
    return CordonStatus(
      phase: phase, message: cleanLine(status["message"]?.string ?? ""), drain: drain,
      isExpiring: since("Expiring") != nil)
  }
}
