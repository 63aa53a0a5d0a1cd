package import Federation
package import JSON

extension Verdict {
  /// The state in the letters that the screen uses too.
  package var word: String {
    switch reason {
    case .healthy: "OK"
    case .drained, .cordoned: "DRN"
    case .clusterUnreachable: "STALE"
    default: "DOWN"
    }
  }
}

extension Verdict.Reason {
  /// The reason in words.
  package var sentence: String {
    switch self {
    case .healthy: "ready endpoints and an address"
    case .noAddress: "no external address"
    case .noReadyEndpoints: "no ready endpoints"
    case .clusterNotReady: "its cluster is not ready"
    case .clusterUnreachable: "unreachable, held"
    case .clusterWithdrawn: "unreachable, withdrawn on evidence"
    case .clusterUnplaced: "its cluster has no usable region or zone"
    case .cordoned: "cordoned: does not enter DNS"
    case .drained: "drained: out of DNS by order"
    case .damped: "healthy again, but it flaps: it waits before it returns"
    case .hostUnresolved: "its load balancer's hostname has no address"
    }
  }
}

extension ClusterCondition {
  /// The condition in words.
  package var words: String {
    switch self {
    case .ready: "ready"
    case .notReady: "not ready"
    case .unreachable: "unreachable, held"
    case .withdrawn: "unreachable, withdrawn"
    }
  }
}

extension DNSState {
  /// The state in words.
  package var sentence: String {
    switch self {
    case .unknown: "not read yet"
    case .inStep: "in step"
    case .changing(let count): "\(count) \(count == 1 ? "name" : "names") to change"
    case .held(let rules): "held by \(rules.map(\.rawValue).joined(separator: ", "))"
    case .unreachable(let why): "not reachable: \(why)"
    }
  }
}

extension RecordSet {
  /// The record set as `-o json` writes it everywhere.
  package var json: JSONValue {
    [
      "name": .string(name.text), "type": .string(type.rawValue), "ttl": .integer(Int64(ttl)),
      "values": .array(values.map(JSONValue.string)),
    ]
  }

  /// `A 104.197.247.191, 104.197.244.180`
  package var summary: String { "\(type.rawValue) \(values.joined(separator: ", "))" }
}

extension Hold {
  /// The hold as `-o json` writes it everywhere.
  package var json: JSONValue {
    [
      "rule": .string(rule.rawValue), "service": .string(service.description),
      "name": name.map { .string($0.text) } ?? .null, "why": .string(why),
    ]
  }
}
