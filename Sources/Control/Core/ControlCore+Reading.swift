internal import DNSProviders
internal import Federation

extension ControlCore {
  /// Takes a whole read of the zone: what every service has published, and the marks of services nobody declares.
  mutating func readZone(_ contents: ZoneContents, at now: Timestamp) {
    providerTrouble = nil
    zoneKnown = true
    guard !isTaken(contents) else { return }
    zoneTaken = contents.version
    var sets: [ServiceKey: [RecordSet]] = [:]
    let listed = Set(contents.marks.flatMap { managedNames.aliases(listedBy: $0.value, at: $0.key) })
    for set in contents.recordSets {
      if let key = managedNames.service(of: set, listed: listed) { sets[key, default: []].append(set) }
    }
    let owned = contents.marks.keys.compactMap { managedNames.service(of: $0) }
    for key in Set(sets.keys).union(owned).union(services.keys).sorted() {
      if inFlight[key] != nil {
        // What was passed over is looked at in the next read, though that may be the same one.
        zoneTaken = nil
        continue
      }
      guard let markName = markName(of: key) else { continue }
      let mark = contents.marks[markName]
      if services[key] == nil {
        // Nobody declares it: it is of interest only while a mark says that its names are ours to remove.
        guard mark?.federation == federation.name else { continue }
        services[key] = ServiceEntry(declaration: nil)
      }
      see(contents.unread, mark, of: key)
      take(sets[key] ?? [], mark: mark, foreignMark: contents.foreignMarks[markName], listed: listed, for: key)
    }
  }

  /// Whether a read of the zone is of the version that was taken in already, so that there is nothing to learn from it
  /// but that it still stands.
  func isTaken(_ contents: ZoneContents) -> Bool { contents.version != nil && contents.version == zoneTaken }

  /// Takes a read of one service's names.
  mutating func readNames(of service: ServiceKey, _ contents: ZoneContents) {
    providerTrouble = nil
    zoneTaken = nil
    guard services[service] != nil else { return }
    guard let markName = markName(of: service) else { return }
    let mark = contents.marks[markName]
    var listed = Set(mark.map { managedNames.aliases(listedBy: $0, at: markName) } ?? [])
    if managedNames.aliases[service] != nil { listed.formUnion(aliasesListed(besides: service)) }
    let sets = contents.recordSets.filter { managedNames.service(of: $0, listed: listed) == service }
    see(contents.unread, mark, of: service)
    take(sets, mark: mark, foreignMark: contents.foreignMarks[markName], listed: listed, for: service)
    services[service]?.needsRead = false
    // It was not done: what began to be read after the answer was given up would show it.
    doubtful[service] = nil
    self.mark(service)
  }

  /// The aliases that marks of other services list: one of them may have been this service's until lately.
  private func aliasesListed(besides service: ServiceKey) -> [RecordKey] {
    services.flatMap { key, entry in
      guard key != service, let mark = entry.mark, let name = markName(of: key) else { return [RecordKey]() }
      return managedNames.aliases(listedBy: mark, at: name)
    }
  }

  /// Notes which aliases of a service could not be read.
  private mutating func see(_ unread: [DomainName: String], _ mark: OwnershipMark?, of key: ServiceKey) {
    let before = services[key]?.unreadAliases ?? [:]
    guard !unread.isEmpty || !before.isEmpty else { return }
    let names = Set((managedNames.aliases[key] ?? []).map(\.name)).union((mark?.sets ?? []).map(\.name))
    let now = unread.filter { names.contains($0.key) }
    guard now != before else { return }
    services[key]?.unreadAliases = now
    self.mark(key)
  }

  private mutating func take(
    _ sets: [RecordSet], mark: OwnershipMark?, foreignMark: String?, listed: Set<RecordKey>, for key: ServiceKey
  ) {
    let ours = mark?.federation == federation.name ? mark : nil
    let foreign = foreignMark ?? (ours == nil ? mark.map { "heritage=zonetop, federation=\($0.federation)" } : nil)
    guard var entry = services[key] else { return }
    // A mark that was lost is written again over what this process knows to be ours; what was touched since is not.
    let lost =
      ours == nil && foreign == nil && rules.contains(.owned)
      ? entry.known.mark(over: sets, federation: federation.name) : nil
    var published = attribute(sets, to: ours ?? lost)
    if !listed.isEmpty {
      // An alias that leads from one service to another stands in the other's mark until it is committed here.
      for index in published.indices where listed.contains(published[index].recordSet.key) {
        published[index].owner = federation.name
      }
    }
    // A declared alias that could not be read is taken to be as it was.
    let unread = Set((managedNames.aliases[key] ?? []).map(\.name)).filter { entry.unreadAliases[$0] != nil }
    if !unread.isEmpty { published += entry.published.filter { unread.contains($0.recordSet.name) } }
    if let ours { entry.known.see(published, ours) }
    services[key] = entry
    if let commit = doubtful[key], commit.next?.generation == ours?.generation, commit.next?.writer == ours?.writer {
      doubtful[key] = nil
      var after = entry
      after.published = published
      removals?.note(commit.removals, of: key, before: entry.publishedAddresses, after: after.publishedAddresses)
    }
    guard entry.published != published || entry.mark != ours || entry.foreignMark != foreign || entry.plan == nil
    else { return }
    entry.published = published
    entry.mark = ours
    entry.foreignMark = foreign
    services[key] = entry
    self.mark(key)
  }
}
