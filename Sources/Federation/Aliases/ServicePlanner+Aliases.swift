/// What stands at the name of an alias, or of one that was an alias.
struct AliasState {
  let name: DomainName
  /// Nil once the configuration does not name it any more.
  let alias: Alias?
  var state = NameState()
}

extension ServicePlanner {
  /// Takes a record set that stands outside the hierarchy: at an alias, or one of ours that leads into the hierarchy
  /// and is declared no more. Anything else is none of the service's.
  mutating func readAlias(_ set: RecordSet, isOurs: Bool) {
    if let index = aliases.firstIndex(where: { $0.name == set.name }) {
      aliases[index].state.take(set, isOurs: isOurs && set.type == .cname)
    } else if isOurs, set.type == .cname, set.values.allSatisfy({ $0.hasPrefix(stem) }) {
      var former = AliasState(name: set.name, alias: nil)
      former.state.take(set, isOurs: true)
      aliases.append(former)
    }
  }

  /// Settles the aliases once the service's own names need nothing: an alias is made, or led elsewhere, only where its
  /// target is published already (rule no-dangling), and what goes wrong with it never keeps those names waiting.
  mutating func settleAliases() {
    guard !aliases.isEmpty, changes.isEmpty || !context.rules.contains(.noDangling) else { return }
    var steps: [Change] = []
    for index in aliases.indices {
      let before = aliases[index].state
      var after = before
      if let alias = aliases[index].alias {
        after.cname = settled(alias, before)
      } else {
        after.cname = nil
      }
      appendChanges(from: before, to: after, into: &steps)
      aliases[index].state = after
    }
    changes = steps + changes
  }

  /// What an alias holds next: never nothing where it held something (rule never-empty).
  private mutating func settled(_ alias: Alias, _ state: NameState) -> RecordSet? {
    let wanted: RecordSet
    do throws(AliasTrouble) { wanted = try context.record(of: alias, ttl: service.ttl) } catch {
      hold(.noDangling, alias.name, "\(error.description): \(Self.left(state))")
      return state.cname
    }
    guard state.cname != wanted else { return wanted }
    if let foreign = state.foreign.first {
      let values = cleanText(foreign.values.joined(separator: " "), limit: 60)
      hold(.owned, alias.name, "\(foreign.type.rawValue) \(values) is somebody else's: the alias is not made")
      return state.cname
    }
    guard !context.rules.contains(.noDangling) || wanted.values.allSatisfy(isAnswered) else {
      hold(
        .noDangling, alias.name,
        "\(wanted.values.joined()) would not answer with what is ours: \(Self.left(state))")
      return state.cname
    }
    if let why = service.withheldAliases[alias.name] {
      hold(.isolation, alias.name, why)
      return state.cname
    }
    return wanted
  }

  private static func left(_ state: NameState) -> String {
    state.cname == nil ? "no alias is made to it" : "the alias is left as it is"
  }

  /// Whether a name of the service leads to addresses of ours.
  private func isAnswered(_ target: String) -> Bool {
    if let slot = context.table.slotBySuffix[target.dropFirst(stem.count)], used[slot] { return resolves[slot] }
    return strays.contains { $0.name.text == target && !$0.state.isEmpty && $0.state.foreign.isEmpty }
  }
}
