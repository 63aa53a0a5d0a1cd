internal import Federation
package import JSON
package import Resolution

/// What `zonetop trace` prints: every hop with who answered what, its TTL and latency, and where the chain ends.
package struct TraceReport: Sendable {
  package var trace: Trace

  package init(_ trace: Trace) { self.trace = trace }

  /// The lines of `-o table`.
  package var lines: [String] {
    var table = TextTable(["HOP", "NAME", "SERVER", "ANSWER", "TTL", "LATENCY"])
    for (index, hop) in trace.hops.enumerated() {
      for (number, answer) in hop.answers.enumerated() {
        table.add([
          number == 0 ? "\(index + 1)" : "", number == 0 ? hop.name.text : "", answer.server, answer.content.words,
          "\(answer.ttl)", milliseconds(answer.latency),
        ])
      }
    }
    return table.lines + ["", trace.outcome.sentence]
  }

  /// The value of `-o json`.
  package var json: JSONValue {
    [
      "name": .string(trace.name.text), "type": .string(trace.type.rawValue),
      "outcome": .string(trace.outcome.sentence),
      "addresses": {
        if case .addresses(let list) = trace.outcome { .array(list.map(JSONValue.string)) } else { [] }
      }(),
      "hops": .array(
        trace.hops.map { hop in
          [
            "name": .string(hop.name.text), "agrees": .bool(hop.agrees),
            "answers": .array(
              hop.answers.map { answer in
                [
                  "server": .string(answer.server), "answer": .string(answer.content.words),
                  "ttl": .integer(Int64(answer.ttl)),
                  "latencyMilliseconds": .number(Double(answer.latency / .microseconds(1)) / 1000),
                ]
              }),
          ]
        }),
    ]
  }

  private func milliseconds(_ span: Duration) -> String {
    let tenths = Int((span / .microseconds(100)).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}

extension ServerAnswer.Content {
  /// The answer as one cell.
  package var words: String {
    switch self {
    case .cname(let target): "CNAME \(target)"
    case .addresses(let list): list.joined(separator: ", ")
    case .noSuchName: "NXDOMAIN: there is no such name"
    case .noData: "nothing of this type"
    case .failure(let why): cleanLine(why)
    }
  }
}

extension Trace.Outcome {
  /// Where the chain ends, as a sentence.
  package var sentence: String {
    switch self {
    case .addresses(let list):
      "\(list.count) \(list.count == 1 ? "address" : "addresses"): \(list.joined(separator: ", "))"
    case .missing(let name): "no address: \(name) does not exist"
    case .empty(let name): "no address: \(name) holds nothing of this type"
    case .loop(let name): "no address: the chain comes back to \(name)"
    case .tooLong: "no address: the chain is longer than the 11 CNAMEs that resolvers follow"
    case .failed(let why): "no address: \(cleanLine(why))"
    }
  }
}
