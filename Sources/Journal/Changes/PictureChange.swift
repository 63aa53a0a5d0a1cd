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
  /// Clusters that are as they were, and have been heard again.
  var heard: [String: Timestamp]

  /// Nil when two clusters, services or aliases have one name, so that only the whole picture tells. Costs a comparison
  /// of what does not share its storage with the former picture.
  package init?(from old: FederationSnapshot, to new: FederationSnapshot) {
    guard var clusters = ListChange(from: old.clusters, to: new.clusters),
      var services = ListChange(from: old.services, to: new.services),
      let aliases = ListChange(from: old.aliases, to: new.aliases)
    else { return nil }
    time = new.time
    revision = new.revision
    let (formerHead, head) = (PictureHead(old), PictureHead(new))
    self.head = formerHead == head ? nil : head
    let (formerStanding, standing) = (StandingOrders(old), StandingOrders(new))
    self.standing = formerStanding == standing ? nil : standing
    self.aliases = aliases
    events = old.events == new.events ? nil : EventsChange(from: old.events, to: new.events)
    heard = [:]
    for cluster in clusters.set {
      if old.clusters.contains(where: { cluster.isHeard(after: $0) }) {
        heard[cluster.cluster.name] = cluster.lastHeard
      }
    }
    let heard = heard
    clusters.set.removeAll { heard[$0.cluster.name] != nil }
    self.clusters = clusters
    changed = []
    if !services.set.isEmpty {
      let former = Dictionary(old.services.map { ($0.key, $0) }) { first, _ in first }
      var whole: [ServiceSnapshot] = []
      for service in services.set {
        if let known = former[service.key], let change = ServiceChange(from: known, to: service) {
          changed.append(change)
        } else {
          whole.append(service)
        }
      }
      services.set = whole
    }
    self.services = services
  }

  /// Whether it only says that what is as it was has been heard and looked at again.
  package var isQuiet: Bool {
    head == nil && standing == nil && clusters.isEmpty && services.isEmpty && aliases.isEmpty && events == nil
      && changed.allSatisfy(\.isQuiet)
  }

  /// All but that something has been heard or looked at again.
  var loud: PictureChange {
    var loud = self
    loud.heard = [:]
    loud.changed = changed.filter { !$0.isQuiet }.map(\.loud)
    return loud
  }

  /// About how many bytes of it say that something has been heard or looked at again.
  var quietBytes: Int { heard.count * 50 + changed.reduce(0) { $0 + $1.looks.count * 90 } }

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
    if !heard.isEmpty {
      for index in new.clusters.indices {
        if let time = heard[new.clusters[index].cluster.name] { new.clusters[index].lastHeard = time }
      }
    }
    new.clusters = clusters.applied(to: new.clusters)
    new.aliases = aliases.applied(to: old.aliases)
    if let events { new.events = events.applied(to: old.events) }
    if !changed.isEmpty {
      let changes = Dictionary(changed.map { ($0.key, $0) }) { first, _ in first }
      for index in new.services.indices { changes[new.services[index].key]?.apply(to: &new.services[index]) }
    }
    new.services = services.applied(to: new.services)
    return new
  }
}

extension ClusterSnapshot {
  /// Whether it is the same, and has only been heard again.
  fileprivate func isHeard(after old: ClusterSnapshot) -> Bool {
    guard cluster.name == old.cluster.name, lastHeard != nil, old.lastHeard != nil else { return false }
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
      "aliases": aliases.journalIfAny, "events": events?.journal, "heard": heard.isEmpty ? nil : heard.journal,
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
    heard = try read.optional("heard") ?? [:]
  }
}
