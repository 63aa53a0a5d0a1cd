import DNSProviders
import Federation
import NameServer

/// The provider of a model: real zones with the real transaction, each kept once and known by a number.
final class ZoneTable {
  let world: SmallWorld
  let weakness: ProviderWeakness?
  private let names: [DomainName]
  private var zones: [AuthoritativeZone] = []
  private var facts: [ZoneFacts] = []
  private var held: [ZoneContents] = []
  private var numbers: [[HeldRecordSet]: Int] = [:]
  private var batches: [Batch] = []
  private var batchNumbers: [Batch: Int] = [:]
  private var deliveries: [Delivery: DeliveryOutcome] = [:]

  private struct Delivery: Hashable {
    var batch: Int
    var zone: Int
  }

  init(_ world: SmallWorld, _ weakness: ProviderWeakness?) {
    self.world = world
    self.weakness = weakness
    names = world.names
  }

  var count: Int { zones.count }

  /// The zone before anybody of ours has written: what somebody else put there.
  func beginning() throws -> Int {
    var zone = AuthoritativeZone(apex: SmallWorld.federation.domain)
    try zone.replace([], with: try world.foreign.map { try HeldRecordSet($0) })
    return number(zone)
  }

  func contents(_ zone: Int) -> ZoneContents { held[zone] }

  func facts(_ zone: Int) -> ZoneFacts { facts[zone] }

  func batch(_ number: Int) -> Batch { batches[number] }

  func number(of batch: Batch) -> Int {
    if let known = batchNumbers[batch] { return known }
    batches.append(batch)
    batchNumbers[batch] = batches.count - 1
    return batches.count - 1
  }

  /// What becomes of a zone when a batch arrives there.
  func deliver(_ batch: Int, to zone: Int) -> DeliveryOutcome {
    let delivery = Delivery(batch: batch, zone: zone)
    if let known = deliveries[delivery] { return known }
    let outcome = carryOut(batches[batch], on: zone)
    deliveries[delivery] = outcome
    return outcome
  }

  private func carryOut(_ batch: Batch, on number: Int) -> DeliveryOutcome {
    var zone = zones[number]
    do {
      if weakness == .unfenced {
        let transaction = try Transaction(batch)
        try zone.replace(
          transaction.steps.flatMap { step in step.removals.map { RecordKey(name: step.name, type: $0) } },
          with: transaction.steps.flatMap(\.additions))
      } else {
        try zone.commit(batch)
      }
    } catch {
      return DeliveryOutcome(zone: number, isDone: false)
    }
    var outcome = DeliveryOutcome(zone: self.number(zone), isDone: true)
    outcome.isUnfenced = held[number].marks[batch.markName] != batch.expected
    outcome.between = between(batch, on: zones[number])
    return outcome
  }

  /// What a reader could see while the steps are carried out one by one.
  private func between(_ batch: Batch, on zone: AuthoritativeZone) -> [ZoneFacts] {
    var sets = Dictionary(zone.recordSets.map { ($0.key, RecordSet($0)) }) { $1 }
    var seen: [ZoneFacts] = []
    func look() { seen.append(ZoneFacts(sets.values, names: names, world: world)) }
    for change in weakness == .unordered ? batch.changes.reversed() : batch.changes {
      if let before = change.before { sets[before.key] = nil }
      if weakness == .torn { look() }
      if let after = change.after { sets[after.key] = after }
      look()
    }
    return seen
  }

  private func number(_ zone: AuthoritativeZone) -> Int {
    let sets = zone.recordSets
    if let known = numbers[sets] { return known }
    let contents = ZoneContents(sets)
    zones.append(zone)
    held.append(contents)
    facts.append(ZoneFacts(sets.map { RecordSet($0) }, names: names, world: world))
    numbers[sets] = zones.count - 1
    return zones.count - 1
  }
}

/// What came of a batch's arrival.
struct DeliveryOutcome {
  var zone: Int
  /// Whether the provider carried it out; if not, the fence did not hold.
  var isDone: Bool
  /// It was carried out although the generation was not the one it was planned on.
  var isUnfenced = false
  /// After each step, as if a reader looked in between.
  var between: [ZoneFacts] = []
}

/// What a provider could lack.
enum ProviderWeakness: String, Sendable, CaseIterable {
  /// It carries a batch out whatever the generation is.
  case unfenced
  /// It carries the steps of a batch out one by one, in another order than the plan's.
  case unordered
  /// It carries the steps out one by one, and what goes is gone before anything comes.
  case torn
}
