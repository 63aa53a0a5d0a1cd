/// What is asked about before it is done: orders that would be given, or standing ones that would end.
package enum OrderChange: Hashable, Sendable {
  /// Given together. One is an order; several are a what-if, because orders are given one by one.
  case placing([Cordon])
  case lifting([Cordon])
}

extension OrderChange {
  package var cordons: [Cordon] {
    switch self {
    case .placing(let cordons), .lifting(let cordons): cordons
    }
  }

  package var isLifting: Bool { if case .lifting = self { true } else { false } }

  /// Whether it is about a service, by itself or with all others.
  package func concerns(_ service: ServiceKey) -> Bool {
    cordons.contains { $0.service == nil || $0.service == service }
  }

  /// The orders as they count before and after it. Giving a standing order again renews it, so that it counts as new.
  package func applied(to standing: [Cordon]) -> (before: [Cordon], after: [Cordon]) {
    let others = standing.filter { standing in
      !cordons.contains { $0.target == standing.target && $0.service == standing.service }
    }
    return isLifting ? (standing, others) : (others, others + cordons)
  }
}
