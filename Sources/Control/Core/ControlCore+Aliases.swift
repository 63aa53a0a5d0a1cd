internal import DNSProviders
internal import Federation

extension ControlCore {
  /// How long a provider that refused an alias is left in peace with it.
  static let aliasPause: Duration = .seconds(60)

  /// Whether a batch changes nothing of a service's own names.
  func concernsAliasesAlone(_ batch: Batch) -> Bool {
    !batch.changes.isEmpty && batch.changes.allSatisfy { managedNames.inHierarchy($0.name) == nil }
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
