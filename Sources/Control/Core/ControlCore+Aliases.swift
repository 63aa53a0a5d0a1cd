internal import DNSProviders
internal import Federation

extension ControlCore {
  /// How long a provider that refused an alias is left in peace with it.
  static let aliasPause: Duration = .seconds(60)

  /// Whether a batch changes nothing of a service's own names.
  func concernsAliasesAlone(_ batch: Batch) -> Bool {
    !batch.changes.isEmpty && batch.changes.allSatisfy { managedNames.inHierarchy($0.name) == nil }
  }

  /// What the mark lists in zones that cannot be read: it stays ours.
  func unreadAliases(listedFor entry: ServiceEntry) -> [RecordKey] {
    guard !entry.unreadAliases.isEmpty else { return [] }
    let planned = Set((entry.plan?.records ?? []).map(\.key))
    return (entry.mark?.sets ?? []).filter { entry.unreadAliases[$0.name] != nil && !planned.contains($0) }
  }

  /// Why a service's aliases may not be made or led elsewhere now.
  func withheldAliases(of key: ServiceKey, _ entry: ServiceEntry) -> [DomainName: String] {
    var withheld = entry.unreadAliases
    if let trouble = entry.aliasTrouble {
      for alias in managedNames.aliases[key] ?? [] where withheld[alias.name] == nil {
        withheld[alias.name] = trouble.why
      }
    }
    return withheld
  }

  /// Why a deleted service's names must wait: an alias may lead to them that cannot be seen (rule no-dangling).
  func unseenAlias(of entry: ServiceEntry) -> String? {
    guard rules.contains(.noDangling), let key = entry.mark?.sets.first(where: { entry.unreadAliases[$0.name] != nil })
    else { return nil }
    return "the alias \(key.name) may lead to its names, and \(entry.unreadAliases[key.name] ?? "")"
  }

  /// The declared aliases as a screen shows them, sorted by name.
  func aliasPictures(in context: PlanningContext) -> [AliasSnapshot] {
    managedNames.aliases.values.joined().sorted { $0.name < $1.name }.map { alias in
      let entry = services[alias.service]
      var picture = AliasSnapshot(alias: alias, generation: entry?.mark?.generation)
      picture.published = (entry?.published ?? []).filter { $0.recordSet.name == alias.name }
      do throws(AliasTrouble) {
        let pin = rollback(of: alias.service, at: context.now)?.pin
        picture.desired = try context.record(of: alias, ttl: pin?.ttl ?? entry?.declaration?.ttl)
      } catch {
        picture.why = error.description
      }
      if let hold = entry?.plan?.held.first(where: { $0.name == alias.name }) {
        picture.why = "\(hold.rule.rawValue): \(hold.why)"
      } else if entry?.declaration == nil {
        picture.why = "there is no federated service \(alias.service): no alias is made to it"
        picture.desired = nil
      } else if !picture.isInStep, picture.why == nil {
        picture.why = entry?.plan?.held.first.map { "\($0.rule.rawValue): \($0.why)" } ?? "not written yet"
      }
      return picture
    }
  }
}
