/// A name that the operator declares: a CNAME to one level of a federated service.
///
/// It is one of the service's own record sets: the service's mark lists it, and its changes pass the same rules, in
/// batches of the same kind.
package struct Alias: Hashable, Sendable {
  package var name: DomainName
  package var service: ServiceKey
  package var target: Target
  /// Seconds; nil takes the service's.
  package var ttl: UInt32?

  /// The level that it leads to.
  package enum Target: Hashable, Sendable {
    case global
    case region(String)
    /// The region tells zones of one name apart in the nested layout; nil where the name says it all.
    case zone(String, region: String?)
  }

  package init(name: DomainName, service: ServiceKey, target: Target = .global, ttl: UInt32? = nil) {
    self.name = name
    self.service = service
    self.target = target
    self.ttl = ttl
  }
}

extension Alias.Target: CustomStringConvertible {
  /// `global`, `region/…` or `zone/…`, as orders name them.
  package var description: String {
    switch self {
    case .global: "global"
    case .region(let region): "region/\(region)"
    case .zone(let zone, let region): region.map { "zone/\(zone) of \($0)" } ?? "zone/\(zone)"
    }
  }

  /// Whether a text can be the zone or region of a target.
  package static func isLabel(_ text: String) -> Bool { localityLabel(text) != nil }
}

/// Why an alias cannot lead where it should; one sentence.
package struct AliasTrouble: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String
}

extension PlanningContext {
  /// The record set that an alias is to be, by the federation's layout of names and where its clusters lie.
  ///
  /// - Parameter ttl: the service's own TTL; nil takes the federation's.
  /// - Throws: ``AliasTrouble`` where no name of the service can be meant.
  package func record(of alias: Alias, ttl: UInt32?) throws(AliasTrouble) -> RecordSet {
    if let refusal = refusal(of: alias.service) { throw AliasTrouble(description: refusal) }
    let target = stem(of: alias.service) + (try suffix(of: alias.target))
    guard (try? DomainName(target)) != nil else {
      throw AliasTrouble(description: "\(shown(target)) is longer than DNS allows: shorten one of its parts")
    }
    return RecordSet(name: alias.name, type: .cname, ttl: alias.ttl ?? ttl ?? federation.ttl, values: [target])
  }

  /// What follows the stem in the name of a level: `europe-west1.example.com`.
  private func suffix(of target: Alias.Target) throws(AliasTrouble) -> String {
    let domain = federation.domain.text
    switch target {
    case .global: return domain
    case .region(let region): return "\(region.lowercased()).\(domain)"
    case .zone(let zone, _) where federation.nameLayout == .flat: return "\(zone.lowercased()).\(domain)"
    case .zone(let zone, let region?): return "\(zone.lowercased()).\(region.lowercased()).\(domain)"
    case .zone(let zone, nil):
      let slots = table.slots.filter { slot in
        if case .zone(let label, _) = slot.level { label == zone.lowercased() } else { false }
      }
      guard let slot = slots.first else { throw AliasTrouble(description: "no cluster lies in zone \(shown(zone))") }
      guard slots.count == 1 else {
        throw AliasTrouble(description: "zone \(shown(zone)) lies in several regions: name the region beside it")
      }
      return slot.suffix
    }
  }
}
