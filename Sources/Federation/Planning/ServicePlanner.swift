/// Works out one service's plan: what each name should hold, what may not change, and in which order the rest does.
///
/// Steps, each in a file of its own: read what is published, judge the shards, compute the levels, settle each name from
/// the top down, then the aliases, order the changes.
struct ServicePlanner {
  let context: PlanningContext
  let service: FederatedService
  let stem: String
  /// Addresses that mass-change keeps wherever they are published.
  let retained: Set<String>

  var before: [NameState]
  var after: [NameState]
  /// Slots that the service has names at.
  var used: [Bool]
  /// Names of ours in the hierarchy that no cluster of the service has any more.
  var strays: [(name: DomainName, state: NameState)] = []
  /// Addresses by slot, sorted and unique.
  var v4: [[String]]
  var v6: [[String]]
  var verdicts: [Verdict] = []
  var held: [Hold] = []
  var changes: [Change] = []
  /// The service's aliases, and what was one.
  var aliases: [AliasState]
  /// Whether each slot answers with what is ours, once it is settled.
  var resolves: [Bool]
  /// Whether one bad cluster stops the whole service, which only happens without the rule isolation.
  var isSpoilt = false
  /// Every address that ours publish; worked out only where a rule asks.
  lazy var publishedAddresses: Set<String> = allAddresses(before.lazy.flatMap(\.sets) + strays.flatMap(\.state.sets))

  init(_ service: FederatedService, in context: PlanningContext, published: [PublishedRecordSet], retained: Set<String>)
  {
    self.context = context
    self.service = service
    self.retained = retained
    stem = context.stem(of: service.key)
    let count = context.table.slots.count
    before = [NameState](repeating: NameState(), count: count)
    after = before
    used = [Bool](repeating: false, count: count)
    v4 = [[String]](repeating: [], count: count)
    v6 = v4
    aliases = service.aliases.map { AliasState(name: $0.name, alias: $0) }
    resolves = used
    read(published)
  }

  /// Sorts what is published into the names of the service.
  private mutating func read(_ published: [PublishedRecordSet]) {
    var strays: [DomainName: NameState] = [:]
    let length = stem.utf8.count
    let table = context.table
    // What is published mostly comes in the order of names, as the table's slots do, so that the next one is at hand.
    var next = 0
    for entry in published {
      let set = entry.recordSet
      let isOurs = set.type != .txt && (entry.owner == context.federation.name || !context.rules.contains(.owned))
      let text = set.name.text
      guard text.hasPrefix(stem) else {
        if !isOurs, text.hasPrefix("_zonetop."), text.dropFirst("_zonetop.".count).hasPrefix(stem) {
          refuseMark(entry)
        } else {
          readAlias(set, isOurs: isOurs)
        }
        continue
      }
      let suffix = text[text.utf8.index(text.startIndex, offsetBy: length)...]
      while next < table.sorted.count, table.slots[table.sorted[next]].suffix < suffix { next += 1 }
      let isNext = next < table.sorted.count && table.slots[table.sorted[next]].suffix == suffix
      if let slot = isNext ? table.sorted[next] : table.slotBySuffix[suffix] {
        before[slot].take(set, isOurs: isOurs)
      } else if set.name.isSubdomain(of: context.federation.domain) {
        strays[set.name, default: NameState()].take(set, isOurs: isOurs)
      }
    }
    if !strays.isEmpty {
      self.strays = strays.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }
    }
  }

  /// Another tool's or another federation's mark at the place of ours claims the whole service.
  private(set) var foreignMark: String?

  private mutating func refuseMark(_ entry: PublishedRecordSet) {
    guard context.rules.contains(.owned), entry.recordSet.type == .txt, entry.owner != context.federation.name else {
      return
    }
    let own = "heritage=zonetop"
    let federation = "federation=\(context.federation.name)"
    for value in entry.recordSet.values where !(value.hasPrefix(own) && value.contains(federation)) {
      foreignMark = cleanText(value, limit: 80)
    }
  }

  func name(_ slot: Int) -> DomainName {
    let state = before[slot]
    return state.a?.name ?? state.cname?.name ?? state.aaaa?.name
      ?? DomainName(canonical: stem + context.table.slots[slot].suffix)
  }

  var globalName: DomainName { name(NameTable.global) }

  mutating func hold(_ rule: SafetyRule, _ name: DomainName?, _ why: String) {
    held.append(Hold(rule: rule, service: service.key, name: name, why: why))
  }

  /// The plan in which everything stays as it is.
  func kept() -> ServicePlan {
    let sets = before.flatMap(\.sets) + strays.flatMap(\.state.sets) + aliases.flatMap(\.state.sets)
    return ServicePlan(
      service: service.key, records: sets.sorted { $0.key < $1.key }, changes: [], held: held, verdicts: verdicts)
  }
}

/// The addresses in some record sets, each once.
func allAddresses(_ sets: some Sequence<RecordSet>) -> Set<String> {
  var addresses: Set<String> = []
  for set in sets where set.type == .a || set.type == .aaaa { addresses.formUnion(set.values) }
  return addresses
}
