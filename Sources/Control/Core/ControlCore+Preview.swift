package import Federation

extension ControlCore {
  /// What a cordon or drain would do, on what is known now; nothing is changed.
  ///
  /// Cost: two plans for each service that the order is about.
  package mutating func preview(_ cordon: Cordon, at now: Timestamp) -> DrainPreview {
    var context = planningContext(at: now)
    // Giving a standing order again renews it.
    context.cordons.removeAll { $0.target == cordon.target && $0.service == cordon.service }
    var concerned: [FederatedService] = []
    var published: [ServiceKey: [PublishedRecordSet]] = [:]
    for key in services.keys.sorted() where cordon.service == nil || cordon.service == key {
      guard let entry = services[key], entry.foreignMark == nil else { continue }
      concerned.append(observed(key, entry, in: context))
      published[key] = entry.published
    }
    let assessment = context.assess(
      cordon, services: concerned, published: published, window: removalWindow(at: now))
    var objections = assessment.objections
    if let why = standingDrain(against: cordon, at: now) {
      let service = cordon.service ?? services.keys.min() ?? ServiceKey(namespace: "", name: "")
      objections.insert(Hold(rule: .oneDrain, service: service, name: nil, why: why), at: 0)
    }
    return DrainPreview(
      cordon: cordon, plans: assessment.plans, affected: assessment.affected,
      capacity: assessment.capacity.map {
        DrainPreview.Capacity(service: $0.service, level: $0.level, remaining: $0.remaining, total: $0.total)
      },
      objections: objections, cachesEndAfter: assessment.oldTTL, planHash: assessment.planHash,
      computed: now)
  }
}
