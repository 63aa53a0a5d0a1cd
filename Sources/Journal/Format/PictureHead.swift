import Control
import Federation
import JSON

/// What a picture says of the federation as a whole.
struct PictureHead: Hashable, Sendable {
  var federation: Federation
  var provider: String
  var environment: String?
  var dns: DNSState
  var leader: LeaderState
  var held: [FederationHold]

  init(_ snapshot: FederationSnapshot) {
    federation = snapshot.federation
    provider = snapshot.provider
    environment = snapshot.environment
    dns = snapshot.dns
    leader = snapshot.leader
    held = snapshot.held
  }
}

extension PictureHead: JournalValue {
  var journal: JSONValue {
    members([
      "federation": federation.journal, "provider": provider.journal, "environment": environment?.journal,
      "dns": dns.journal, "leader": leader.journal, "held": held.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    federation = try read("federation")
    provider = try read("provider")
    environment = try read.optional("environment")
    dns = try read("dns")
    leader = try read("leader")
    held = try read.list("held")
  }
}

/// The orders in force, and how far each has come.
struct StandingOrders: Hashable, Sendable {
  var cordons: [Cordon]
  var drains: [DrainStatus]
  var orders: [OrderSnapshot]

  init(_ snapshot: FederationSnapshot) {
    cordons = snapshot.cordons
    drains = snapshot.drains
    orders = snapshot.orders
  }
}

extension StandingOrders: JournalValue {
  var journal: JSONValue {
    members(["cordons": cordons.journalIfAny, "drains": drains.journalIfAny, "orders": orders.journalIfAny])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    cordons = try read.list("cordons")
    drains = try read.list("drains")
    orders = try read.list("orders")
  }
}
