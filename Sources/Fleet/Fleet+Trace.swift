import Control
package import Federation
package import Resolution

extension Fleet {
  /// Follows a name as two servers would answer it that serve what is published.
  package func trace(_ start: DomainName, type: RecordType) -> Trace {
    var trace = Trace(name: start, type: type, hops: [], outcome: .missing(start))
    guard let service = plan.keys.firstIndex(where: { start.text.hasPrefix("\($0.name).\($0.namespace).") }) else {
      return trace
    }
    let names = services[service].names
    var next: DomainName? = start
    while let name = next, let holds = names.first(where: { $0.name == name }), trace.hops.count < 3 {
      next = nil
      let set = holds.published.first { $0.type == .cname || $0.type == type }
      let content: ServerAnswer.Content =
        switch set?.type {
        case .cname?: .cname(DomainName(canonical: set?.values.first ?? ""))
        case nil: .noData
        default: .addresses(set?.values ?? [])
        }
      trace.hops.append(
        Hop(
          name: name,
          answers: ["memory/1", "memory/2"].map {
            ServerAnswer(server: $0, content: content, ttl: set?.ttl ?? plan.federation.ttl, latency: .zero)
          }))
      switch content {
      case .cname(let target): next = target
      case .addresses(let values): trace.outcome = .addresses(values)
      default: trace.outcome = .empty(name)
      }
    }
    return trace
  }
}
