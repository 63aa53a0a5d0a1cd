package import Federation
package import JSON
package import Kubernetes

/// The `VantagePoint` kind of group `federation.zonetop.dev/v1alpha1`: what a `zonetop probe` process sees from where it is.
package enum VantagePointObject {
  package static let resource = ResourceType(
    group: "federation.zonetop.dev", version: "v1alpha1", plural: "vantagepoints")

  /// An object that reports nothing yet.
  package static func encode(name: String, location: String?, interval: Duration) -> JSONValue {
    var spec: [String: JSONValue] = ["interval": .string("\(interval.components.seconds)s")]
    if interval < .seconds(1) || interval.components.attoseconds != 0 {
      spec["interval"] = .string("\(Int(interval / .milliseconds(1)))ms")
    }
    if let location { spec["location"] = .string(location) }
    return [
      "apiVersion": "federation.zonetop.dev/v1alpha1", "kind": "VantagePoint", "metadata": ["name": .string(name)],
      "spec": .object(spec),
    ]
  }

  /// The status that reports findings; without them it only says that the process lives.
  package static func status(_ findings: [ProbeTarget: ProbeHistory]?, at now: Timestamp) -> JSONValue {
    var status: [String: JSONValue] = ["lastReport": .string(now.description)]
    if let findings {
      status["results"] = .array(
        distinct(findings).map { target, history in
          var result: [String: JSONValue] = [
            "address": .string(target.address), "port": .integer(Int64(target.port)),
            "reachable": .bool(history.isReachable), "since": .string(history.since.description),
          ]
          if let message = history.message { result["message"] = .string(message) }
          return .object(result)
        })
    }
    return ["status": .object(status)]
  }

  /// One finding for each address and port, sorted: where two ways to probe differ, the one that answers.
  private static func distinct(_ findings: [ProbeTarget: ProbeHistory]) -> [(ProbeTarget, ProbeHistory)] {
    var distinct: [(ProbeTarget, ProbeHistory)] = []
    for (target, history) in findings.sorted(by: { $0.key < $1.key }) {
      guard let last = distinct.last, last.0.address == target.address, last.0.port == target.port else {
        distinct.append((target, history))
        continue
      }
      if history.isReachable, !last.1.isReachable { distinct[distinct.count - 1] = (target, history) }
    }
    return distinct
  }

  /// What an object reports; nil when it is none. At most 10,000 results are read.
  package static func decode(_ object: JSONValue) -> (name: String, report: VantageReport)? {
    guard let name = object["metadata"]?["name"]?.string else { return nil }
    let interval = object["spec"]?["interval"]?.string.flatMap(duration) ?? ProbeSettings.default.interval
    var answers: [String: Bool] = [:]
    for result in (object["status"]?["results"]?.array ?? []).prefix(10_000) {
      guard let address = result["address"]?.string.flatMap({ IPAddress($0) }),
        let isReachable = result["reachable"]?.bool
      else { continue }
      // One service that answers at an address shows that the way there is open.
      answers[address.description] = isReachable || answers[address.description] == true
    }
    let stamp = object["status"]?["lastReport"]?.string ?? ""
    return (
      cleanLine(name),
      VantageReport(
        location: object["spec"]?["location"]?.string.map(cleanLine),
        interval: min(max(interval, .milliseconds(200)), .seconds(60)),
        stamp: cleanLine(stamp), answers: answers)
    )
  }

  private static func duration(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits), number > 0, number < 1_000_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": return .milliseconds(number)
    case "s", "": return .seconds(number)
    case "m": return .seconds(number * 60)
    default: return nil
    }
  }
}

/// What one vantage point said last.
package struct VantageReport: Hashable, Sendable {
  package var location: String?
  package var interval: Duration
  /// Its own wall clock: it only tells one report from another, since clocks differ.
  package var stamp: String
  /// Whether each address answers there.
  package var answers: [String: Bool]

  package init(location: String?, interval: Duration, stamp: String, answers: [String: Bool]) {
    self.location = location
    self.interval = interval
    self.stamp = stamp
    self.answers = answers
  }
}
