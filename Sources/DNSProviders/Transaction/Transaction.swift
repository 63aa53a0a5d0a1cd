import DNS
package import Federation

/// A batch taken apart into what must hold, what goes and what comes: the same for every provider.
///
/// Besides the mark it pins every record set that is to be changed to what the plan saw, so that nobody else's edit is
/// overwritten, and every type that must not be there: servers pass over an address beside a CNAME in silence.
package struct Transaction: Hashable, Sendable {
  /// The mark's pin first, then those of the names in the plan's order.
  package private(set) var pins: [Pin] = []
  /// By name in the plan's order, the mark last.
  package private(set) var steps: [Step] = []

  /// What happens at one name; what goes, goes before anything comes.
  package struct Step: Hashable, Sendable {
    package var name: DomainName
    package var removals: [RecordType] = []
    package var additions: [HeldRecordSet] = []
  }

  /// What may stand beside addresses but not beside a CNAME, as far as one meets it (MX, TXT, SRV, NS, CAA, HTTPS, …).
  private static let exclusive: [ResourceType] =
    [.a, .aaaa, .txt, .cname, .ns, .mx, .srv] + [35, 37, 44, 52, 64, 65, 99, 257].map(ResourceType.init(rawValue:))

  /// - Throws: ``ProviderError/Code/refused`` when a value cannot stand in a record of its type.
  package init(_ batch: Batch) throws(ProviderError) {
    pins.append(
      batch.expected.map { .holds(HeldRecordSet($0, at: batch.markName)) } ?? .free(batch.markName))
    var order: [DomainName] = []
    var changes: [DomainName: [Change]] = [:]
    for change in batch.changes {
      if changes[change.name] == nil { order.append(change.name) }
      changes[change.name, default: []].append(change)
    }
    for name in order { try add(changes[name] ?? [], at: name) }
    var mark = Step(name: batch.markName)
    if batch.expected != nil { mark.removals = [.txt] }
    if let next = batch.next { mark.additions = [HeldRecordSet(next, at: batch.markName)] }
    steps.append(mark)
  }

  private mutating func add(_ changes: [Change], at name: DomainName) throws(ProviderError) {
    var step = Step(name: name)
    var before: [HeldRecordSet] = []
    for change in changes {
      if let set = change.before { before.append(try HeldRecordSet(set)) }
      if let set = change.after { step.additions.append(try HeldRecordSet(set)) }
    }
    step.removals = before.map(\.type)
    for set in before + step.additions where set.name != name {
      throw ProviderError(.refused, "a change of \(name) names \(set.name); a change touches one name")
    }
    pins += before.map { .holds($0) }
    let removed = Set(before.map { ResourceType($0.type) })
    let added = Set(step.additions.map { ResourceType($0.type) })
    if added.contains(.cname), before.isEmpty {
      pins.append(.free(name))
    } else if !added.isEmpty {
      let unwanted = added.contains(.cname) ? Self.exclusive : Self.exclusive.filter { added.contains($0) } + [.cname]
      pins += unwanted.filter { !removed.contains($0) }.map { .missing(name, $0) }
    }
    steps.append(step)
  }

  /// The sentence for a fence that did not hold, from what the zone holds; nil when every pin holds.
  package func violation(_ held: (DomainName) -> [HeldRecordSet]) -> ProviderError? {
    for pin in pins {
      guard let violation = pin.violation(held(pin.name)) else { continue }
      return ProviderError(.fenced, "\(violation): somebody else has written since; nothing was changed, plan anew")
    }
    return nil
  }
}
