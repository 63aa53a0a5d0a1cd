import Control
import Federation
import JSON

extension Event.Kind: JournalValue {}

extension Event: JournalValue {
  var journal: JSONValue {
    members(["time": time.journal, "kind": kind.journal, "subject": subject.journal, "message": message.journal])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      time: try read("time"), kind: try read("kind"), subject: try read("subject"), message: try read("message"))
  }
}

extension ClusterSnapshot: JournalValue {
  var journal: JSONValue {
    members([
      "cluster": cluster.journal, "reason": reason.journal, "heard": lastHeard?.journal, "since": since.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      cluster: try read("cluster"), reason: try read("reason"), lastHeard: try read.optional("heard"),
      since: try read("since"))
  }
}

extension AliasSnapshot: JournalValue {
  var journal: JSONValue {
    members([
      "alias": alias.journal, "desired": desired?.journal, "published": published.journalIfAny,
      "generation": generation?.journal, "why": why?.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(alias: try read("alias"), generation: try read.optional("generation"))
    desired = try read.optional("desired")
    published = try read.list("published")
    why = try read.optional("why")
  }
}

extension DNSState: JournalValue {
  var journal: JSONValue {
    switch self {
    case .unknown: members(["state": "unknown"])
    case .inStep: members(["state": "in-step"])
    case .changing(let count): members(["state": "changing", "count": count.journal])
    case .held(let rules): members(["state": "held", "rules": rules.journal])
    case .unreachable(let why): members(["state": "unreachable", "why": why.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    switch try read("state") as String {
    case "unknown": self = .unknown
    case "in-step": self = .inStep
    case "changing": self = .changing(try read("count"))
    case "held": self = .held(try read.list("rules"))
    case "unreachable": self = .unreachable(try read("why"))
    default: throw JournalTrouble(why: "state: a word that this version does not know")
    }
  }
}

extension LeaderState: JournalValue {
  var journal: JSONValue {
    switch self {
    case .none: members([:])
    case .this: members(["this": true])
    case .other(let name): members(["other": name.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    if let name: String = try read.optional("other") {
      self = .other(name)
    } else {
      self = try read.optional("this") == true ? .this : .none
    }
  }
}

extension FederationSnapshot: JournalValue {
  var journal: JSONValue {
    members([
      "revision": revision.journal, "time": time.journal, "head": PictureHead(self).journal,
      "standing": StandingOrders(self).journal, "clusters": clusters.journalIfAny, "services": services.journalIfAny,
      "aliases": aliases.journalIfAny, "events": events.journalIfAny,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    let head: PictureHead = try read("head")
    let standing: StandingOrders = try read("standing")
    self.init(
      revision: try read("revision"), time: try read("time"), federation: head.federation, provider: head.provider,
      environment: head.environment, clusters: try read.list("clusters"), services: try read.list("services"),
      aliases: try read.list("aliases"), cordons: standing.cordons, drains: standing.drains, orders: standing.orders,
      dns: head.dns, leader: head.leader, held: head.held, events: try read.list("events"))
  }
}
