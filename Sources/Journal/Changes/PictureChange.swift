package import Control
import Federation
import JSON

/// What changed from one picture of the federation to the next: nothing that stayed is in it.
package struct PictureChange: Sendable, Hashable {
  var time: Timestamp
  var revision: UInt64
  /// Nil when it is as it was.
  var head: PictureHead?
  /// Nil when they are as they were.
  var standing: StandingOrders?
  var clusters: ListChange<ClusterSnapshot>
  /// Services that came, went, or had to be written whole.
  var services: ListChange<ServiceSnapshot>
  var changed: [ServiceChange]
  var aliases: ListChange<AliasSnapshot>
  /// Nil when they are as they were.
  var events: EventsChange?
  /// Whether it only says that what is as it was has been heard and looked at again.
  var isQuiet: Bool

  /// Nil when two clusters, services or aliases have one name, so that only the whole picture tells. Costs a comparison
  /// of what does not share its storage with the former picture.
  package init?(from old: FederationSnapshot, to new: FederationSnapshot) {
    guard let clusters = ListChange(from: old.clusters, to: new.clusters),
      var services = ListChange(from: old.services, to: new.services),
      let aliases = ListChange(from: old.aliases, to: new.aliases)
    else { return nil }
    time = new.time
    revision = new.revision
    let (formerHead, head) = (PictureHead(old), PictureHead(new))
    self.head = formerHead == head ? nil : head
    let (formerStanding, standing) = (StandingOrders(old), StandingOrders(new))
    self.standing = formerStanding == standing ? nil : standing
    self.clusters = clusters
    self.aliases = aliases
    events = old.events == new.events ? nil : EventsChange(from: old.events, to: new.events)
    changed = []
    let isSilent =
      self.head == nil && self.standing == nil && aliases.isEmpty && events == nil && services.gone.isEmpty
      && services.order == nil && clusters.gone.isEmpty && clusters.order == nil
    isQuiet = isSilent
    if !services.set.isEmpty {
      let former = Dictionary(old.services.map { ($0.key, $0) }) { first, _ in first }
      var whole: [ServiceSnapshot] = []
      for service in services.set {
        guard let known = former[service.key], let change = ServiceChange(from: known, to: service) else {
          whole.append(service)
          isQuiet = false
          continue
        }
        changed.append(change)
        if isQuiet, !change.isQuiet(after: known) { isQuiet = false }
      }
      services.set = whole
    }
    self.services = services
    if isQuiet { isQuiet = clusters.set.allSatisfy { cluster in old.clusters.contains { cluster.isHeard(after: $0) } } }
  }

  /// The picture after it.
  package func applied(to old: FederationSnapshot) -> FederationSnapshot {
    var new = old
    new.time = time
    new.revision = revision
    if let head {
      new.federation = head.federation
      new.provider = head.provider
      new.environment = head.environment
      new.dns = head.dns
      new.leader = head.leader
      new.held = head.held
    }
    if let standing {
      new.cordons = standing.cordons
      new.drains = standing.drains
      new.orders = standing.orders
    }
    new.clusters = clusters.applied(to: old.clusters)
    new.aliases = aliases.applied(to: old.aliases)
    if let events { new.events = events.applied(to: old.events) }
    for change in changed {
      guard let index = new.services.firstIndex(where: { $0.key == change.key }) else { continue }
      change.apply(to: &new.services[index])
    }
    new.services = services.applied(to: new.services)
    return new
  }
}

extension ClusterSnapshot {
  /// Whether it is the same, and has only been heard again.
  fileprivate func isHeard(after old: ClusterSnapshot) -> Bool {
    guard cluster.name == old.cluster.name else { return false }
    var former = old
    former.lastHeard = lastHeard
    return former == self
  }
}

extension PictureChange: JournalValue {
  var journal: JSONValue {
    members([
      "time": time.journal, "revision": revision.journal, "head": head?.journal, "standing": standing?.journal,
      "clusters": clusters.journalIfAny, "services": services.journalIfAny, "changed": changed.journalIfAny,
      "aliases": aliases.journalIfAny, "events": events?.journal, "quiet": isQuiet ? true.journal : nil,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    time = try read("time")
    revision = try read("revision")
    head = try read.optional("head")
    standing = try read.optional("standing")
    clusters = try read.optional("clusters") ?? ListChange()
    services = try read.optional("services") ?? ListChange()
    changed = try read.list("changed")
    aliases = try read.optional("aliases") ?? ListChange()
    events = try read.optional("events")
    isQuiet = try read.optional("quiet") ?? false
  }
}
