internal import Federation

extension ControlCore {
  /// Notes when services changed that nothing has answered yet.
  mutating func noteChange(of keys: [ServiceKey], at now: Timestamp) {
    // Until everything is read there is nothing to converge from.
    guard isSettled else { return }
    for key in keys where services[key]?.changed == nil { services[key]?.changed = now }
  }

  /// Notes that a commit answers what changed.
  mutating func noteAnswered(_ key: ServiceKey, generation: UInt64?) {
    let begun = services[key]?.answering?.since
    guard let since = begun ?? services[key]?.changed, let generation else { return }
    services[key]?.answering = (generation, since)
    services[key]?.changed = nil
  }

  /// Notes that every name server serves a generation.
  mutating func noteServed(_ key: ServiceKey, generation: UInt64, at now: Timestamp) {
    guard let answering = services[key]?.answering, generation >= answering.generation else { return }
    convergence.add(now - answering.since)
    services[key]?.answering = nil
  }
}
