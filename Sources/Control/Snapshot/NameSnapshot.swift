package import Federation

/// One name of a service at its three stages.
package struct NameSnapshot: Sendable, Hashable {
  package var name: DomainName
  package var level: Level
  /// What the rules want; empty when nothing.
  package var desired: [RecordSet]
  /// What the provider holds.
  package var published: [RecordSet]
  /// Whether every authoritative server serves what is published: n of m.
  package var servers: ServerCount?

  package init(
    name: DomainName, level: Level, desired: [RecordSet], published: [RecordSet], servers: ServerCount? = nil
  ) {
    self.name = name
    self.level = level
    self.desired = desired
    self.published = published
    self.servers = servers
  }

  /// Whether what is published is what the rules want.
  package var isInStep: Bool { desired == published || Set(desired) == Set(published) }
}

/// How many of the authoritative servers agree.
package struct ServerCount: Sendable, Hashable {
  package var agreeing: Int
  package var asked: Int

  package init(agreeing: Int, asked: Int) {
    self.agreeing = agreeing
    self.asked = asked
  }
}

/// The names of a service, made when somebody looks at them: a service in a thousand zones has more names than a screen
/// ever shows.
///
/// The same source always gives the same names.
package protocol NameSource: Sendable {
  /// Every name, sorted.
  func names() -> [NameSnapshot]
  /// The name of one place, without making the others.
  func name(at level: Level) -> NameSnapshot?
  /// How many names do not hold what the rules want.
  var namesToChange: Int { get }
}

/// Names that are there already.
struct ListedNames: NameSource {
  let list: [NameSnapshot]

  func names() -> [NameSnapshot] { list }
  func name(at level: Level) -> NameSnapshot? { list.first { $0.level == level } }
  var namesToChange: Int { list.count { !$0.isInStep } }
}
