internal import DNSProviders
internal import Federation

extension ControlCore {
  /// Takes a whole read of the zone: what every service has published, and the marks of services nobody declares.
  mutating func readZone(_ contents: ZoneContents, at now: Timestamp) {
    providerTrouble = nil
    zoneKnown = true
    var sets: [ServiceKey: [RecordSet]] = [:]
    for set in contents.recordSets {
      if let key = managedNames.service(of: set.name) { sets[key, default: []].append(set) }
    }
    let owned = contents.marks.keys.compactMap { managedNames.service(of: $0) }
    for key in Set(sets.keys).union(owned).union(services.keys).sorted() {
      if services[key]?.isCommitting == true { continue }
      guard let markName = markName(of: key) else { continue }
      let mark = contents.marks[markName]
      if services[key] == nil {
        // Nobody declares it: it is of interest only while a mark says that its names are ours to remove.
        guard mark?.federation == federation.name else { continue }
        services[key] = ServiceEntry(declaration: nil)
      }
      take(sets[key] ?? [], mark: mark, foreignMark: contents.foreignMarks[markName], for: key)
    }
  }

  /// Takes a read of one service's names.
  mutating func readNames(of service: ServiceKey, _ contents: ZoneContents) {
    providerTrouble = nil
    guard services[service] != nil else { return }
    guard let markName = markName(of: service) else { return }
    let sets = contents.recordSets.filter { managedNames.service(of: $0.name) == service }
    take(sets, mark: contents.marks[markName], foreignMark: contents.foreignMarks[markName], for: service)
    services[service]?.needsRead = false
    mark(service)
  }

  private mutating func take(
    _ sets: [RecordSet], mark: OwnershipMark?, foreignMark: String?, for key: ServiceKey
  ) {
    let ours = mark?.federation == federation.name ? mark : nil
    let foreign = foreignMark ?? (ours == nil ? mark.map { "heritage=zonetop, federation=\($0.federation)" } : nil)
    guard var entry = services[key] else { return }
    // A mark that was lost is written again over what this process knows to be ours; what was touched since is not.
    let lost =
      ours == nil && foreign == nil && rules.contains(.owned)
      ? entry.known.mark(over: sets, federation: federation.name) : nil
    let published = attribute(sets, to: ours ?? lost)
    if let ours { entry.known.see(published, ours) }
    services[key] = entry
    guard entry.published != published || entry.mark != ours || entry.foreignMark != foreign || entry.plan == nil
    else { return }
    entry.published = published
    entry.mark = ours
    entry.foreignMark = foreign
    services[key] = entry
    self.mark(key)
  }
}
