import Control
import Federation
import JSON
import Resolution

extension ServerAnswer.Content: JournalValue {
  var journal: JSONValue {
    switch self {
    case .cname(let name): members(["cname": name.journal])
    case .addresses(let addresses): members(["addresses": addresses.journal])
    case .noSuchName: members(["empty": "no such name"])
    case .noData: members(["empty": "no data"])
    case .failure(let why): members(["failure": why.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    if let name: DomainName = try read.optional("cname") {
      self = .cname(name)
    } else if let addresses: [String] = try read.optional("addresses") {
      self = .addresses(addresses)
    } else if let why: String = try read.optional("failure") {
      self = .failure(why)
    } else {
      self = try read("empty") as String == "no data" ? .noData : .noSuchName
    }
  }
}

extension ServerAnswer: JournalValue {
  var journal: JSONValue {
    members([
      "server": server.journal, "content": content.journal, "ttl": ttl.journal, "latency": latency.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      server: try read("server"), content: try read("content"), ttl: try read("ttl"), latency: try read("latency"))
  }
}

extension Hop: JournalValue {
  var journal: JSONValue { members(["name": name.journal, "answers": answers.journalIfAny]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(name: try read("name"), answers: try read.list("answers"))
  }
}

extension Trace.Outcome: JournalValue {
  var journal: JSONValue {
    switch self {
    case .addresses(let addresses): members(["addresses": addresses.journal])
    case .missing(let name): members(["missing": name.journal])
    case .empty(let name): members(["empty": name.journal])
    case .loop(let name): members(["loop": name.journal])
    case .tooLong: members(["tooLong": true])
    case .failed(let why): members(["failed": why.journal])
    }
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    if let addresses: [String] = try read.optional("addresses") {
      self = .addresses(addresses)
    } else if let name: DomainName = try read.optional("missing") {
      self = .missing(name)
    } else if let name: DomainName = try read.optional("empty") {
      self = .empty(name)
    } else if let name: DomainName = try read.optional("loop") {
      self = .loop(name)
    } else if let why: String = try read.optional("failed") {
      self = .failed(why)
    } else {
      let _: Bool = try read("tooLong")
      self = .tooLong
    }
  }
}

extension Trace: JournalValue {
  var journal: JSONValue {
    members([
      "name": name.journal, "type": type.journal, "hops": hops.journalIfAny, "outcome": outcome.journal,
    ])
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    self.init(
      name: try read("name"), type: try read("type"), hops: try read.list("hops"), outcome: try read("outcome"))
  }
}
