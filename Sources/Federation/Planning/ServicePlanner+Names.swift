extension ServicePlanner {
  /// Settles what every name will hold, from the top down, so that an alias is made only where its target answers.
  ///
  /// - Returns: false when nothing may change because no shard is healthy (rule never-empty).
  mutating func settle() -> Bool {
    guard !v4[NameTable.global].isEmpty || !v6[NameTable.global].isEmpty else {
      if !context.rules.contains(.neverEmpty) {
        clear()
        return true
      }
      if before.contains(where: { !$0.isEmpty }) || !strays.isEmpty {
        hold(
          .neverEmpty, globalName,
          service.shards.isEmpty
            ? "no cluster has a shard and the service was not deleted: what is published stays"
            : "no shard is healthy: what is published stays")
      } else if !service.shards.isEmpty {
        hold(.noDangling, globalName, "no shard is healthy and nothing is published yet: nothing would answer")
      }
      return false
    }
    let ttl = service.ttl ?? context.federation.ttl
    var resolves = [Bool](repeating: false, count: used.count)
    defer { self.resolves = resolves }
    for slot in used.indices {
      guard used[slot] else {
        if !before[slot].isEmpty { strays.append((name(slot), before[slot])) }
        continue
      }
      settle(slot, ttl: ttl, resolves: &resolves)
      if let step = before[slot].foreign.first { report(step, at: slot) }
      appendChanges(from: before[slot], to: after[slot], into: &changes)
    }
    if !strays.isEmpty { settleStrays(ttl: ttl, resolves: &resolves) }
    if !context.rules.contains(.noDangling) { reverseNames() }
    return true
  }

  /// What would be published if nothing kept a name's last good value: nothing.
  private mutating func clear() {
    for slot in before.indices {
      after[slot].foreign = before[slot].foreign
      appendChanges(from: before[slot], to: after[slot], into: &changes)
    }
    for index in strays.indices {
      appendChanges(from: strays[index].state, to: NameState(), into: &changes)
      strays[index].state = NameState()
    }
  }

  /// Puts what stands on a name before the name itself, as nothing but no-dangling forbids.
  private mutating func reverseNames() {
    var names: [[Change]] = []
    for change in changes {
      if names.last?.last?.name == change.name {
        names[names.count - 1].append(change)
      } else {
        names.append([change])
      }
    }
    changes = names.reversed().flatMap { $0 }
  }

  private mutating func settle(_ slot: Int, ttl: UInt32, resolves: inout [Bool]) {
    let state = before[slot]
    if !state.foreign.isEmpty, state.isClaimed {
      keep(slot, resolves: &resolves)
      return
    }
    if !v4[slot].isEmpty || !v6[slot].isEmpty {
      let name = name(slot)
      after[slot].a = made(state.a, name, .a, ttl, v4[slot])
      after[slot].aaaa = made(state.aaaa, name, .aaaa, ttl, v6[slot])
      resolves[slot] = true
      return
    }
    let parent = context.table.slots[slot].parent
    guard state.foreign.isEmpty else {
      keep(slot, resolves: &resolves)
      return
    }
    guard resolves[parent] || !context.rules.contains(.noDangling) else {
      hold(.noDangling, name(slot), "\(name(parent).text) would not answer with what is ours: no alias is made to it")
      keep(slot, resolves: &resolves)
      return
    }
    after[slot].cname = made(state.cname, name(slot), .cname, ttl, [name(parent).text])
    resolves[slot] = true
  }

  /// Leaves a name as it is, and tells whether aliases may point to it.
  private mutating func keep(_ slot: Int, resolves: inout [Bool]) {
    after[slot] = before[slot]
    if let target = before[slot].cname?.values.first {
      resolves[slot] = !before[slot].isClaimed && answers(target, resolves)
    } else {
      resolves[slot] = before[slot].hasAddresses && !before[slot].isClaimed
    }
  }

  /// Whether a name of the service that was settled before answers with what is ours.
  private func answers(_ target: String, _ resolves: [Bool]) -> Bool {
    guard target.hasPrefix(stem), let slot = context.table.slotBySuffix[target.dropFirst(stem.count)] else {
      return false
    }
    return resolves[slot]
  }

  private func made(_ old: RecordSet?, _ name: DomainName, _ type: RecordType, _ ttl: UInt32, _ values: [String])
    -> RecordSet?
  {
    guard !values.isEmpty else { return nil }
    if let old, old.ttl == ttl, old.values == values { return old }
    return RecordSet(name: name, type: type, ttl: ttl, values: values)
  }

  private mutating func report(_ foreign: RecordSet, at slot: Int) {
    let consequence =
      before[slot].isClaimed
      ? "the name is left as it is"
      : after[slot].cname == nil && after[slot].hasAddresses && !isKeptForTXT(slot)
        ? "it is left alone" : "no alias can stand beside it, so the name is left as it is"
    let values = cleanText(foreign.values.joined(separator: " "), limit: 60)
    hold(.owned, name(slot), "\(foreign.type.rawValue) \(values) is somebody else's: \(consequence)")
  }

  private func isKeptForTXT(_ slot: Int) -> Bool { v4[slot].isEmpty && v6[slot].isEmpty }

  /// Points names whose clusters have gone to the nearest level that answers; a name that was published stays one.
  private mutating func settleStrays(ttl: UInt32, resolves: inout [Bool]) {
    strays.sort { $0.name < $1.name }
    for index in strays.indices {
      let (name, state) = strays[index]
      var next = NameState()
      let keptV4 = state.a?.values.filter(retained.contains) ?? []
      let keptV6 = state.aaaa?.values.filter(retained.contains) ?? []
      if !state.foreign.isEmpty {
        hold(
          .owned, name,
          "somebody else's records stand at \(name.text), which has no cluster any more: it is left as it is")
        next = state
      } else if !keptV4.isEmpty || !keptV6.isEmpty {
        next.a = made(state.a, name, .a, ttl, keptV4)
        next.aaaa = made(state.aaaa, name, .aaaa, ttl, keptV6)
      } else if let target = strayTarget(name, state, resolves) {
        next.cname = made(state.cname, name, .cname, ttl, [target])
      } else {
        hold(
          .noDangling, name, "\(name.text) has no cluster any more and no level above it answers: it is left as it is")
        next = state
      }
      appendChanges(from: state, to: next, into: &changes)
      strays[index].state = next
    }
  }

  private func strayTarget(_ name: DomainName, _ state: NameState, _ resolves: [Bool]) -> String? {
    if !state.hasAddresses, let target = state.cname?.values.first, answers(target, resolves) { return target }
    let suffix = name.text.dropFirst(stem.count)
    if let dot = suffix.firstIndex(of: "."),
      let region = context.table.slotBySuffix[suffix[suffix.index(after: dot)...]],
      region != NameTable.global, resolves[region]
    {
      return stem + context.table.slots[region].suffix
    }
    return resolves[NameTable.global] ? stem + context.table.slots[NameTable.global].suffix : nil
  }
}
