internal import DNSProviders
package import Federation

/// Everything the controller knows and decides: observations go in, the next action comes out.
///
/// A value without clock, I/O or locks: the shell (``Controller``) hands in what was learnt and when, and does what is
/// asked. The rules themselves live in `Federation`; this is where they meet the world as it was observed. Work is
/// incremental: an observation marks the services it touches, and only those are planned anew.
package struct ControlCore: Sendable {
  /// Whose names are kept: its name, and the domain under which they lie.
  package let federation: Federation
  /// How far the rules let a change go.
  package let limits: SafetyLimits
  /// Who writes: goes into ownership marks.
  package let identity: String
  let managedNames: ManagedNames
  /// Every rule, but in tests that take one out.
  package let rules: SafetyRules

  package internal(set) var members: [String: Member] = [:]
  package internal(set) var services: [ServiceKey: ServiceEntry] = [:]
  package internal(set) var cordons: [String: CordonRecord] = [:]
  package internal(set) var hosts: [String: [IPAddress]] = [:]
  package internal(set) var log = EventLog()
  /// Why the provider or the federation API cannot be reached; one line each.
  package internal(set) var providerTrouble: String?
  package internal(set) var federationTrouble: String?

  /// Who may write; nil until the shell says so, and where no lease is kept.
  package internal(set) var leadership: Leadership?

  var declarationsKnown = false
  var cordonsKnown = false
  var zoneKnown = false
  /// The version of the zone that was taken in whole and that nothing here has gone beyond since; nil when the next read
  /// must be looked at, whatever it is.
  var zoneTaken: ZoneVersion?
  var dirty = ServiceQueue()
  /// The services whose commit is on its way, so that nothing is planned on top of it, with what that takes away.
  var inFlight: [ServiceKey: Removals] = [:]
  /// Commits whose reply was lost, with what they take away if they were done: the next read of the service tells.
  var doubtful: [ServiceKey: DoubtfulCommit] = [:]
  /// Clusters lost within two minutes count as lost together (rule fail-static).
  var observerLoss = ObserverLoss(window: .seconds(120))
  /// Lists that are not believed yet, by cluster (rule whole-reads).
  var doubts: [String: ListDoubt] = [:]
  /// What probes of the addresses themselves have found (rule quorum).
  var dataPlane = DataPlane()
  /// What was removed lately and is still out.
  var removals: RemovalLedger?
  /// Made again when a cluster's place or condition changes.
  var context: PlanningContext?
  /// Members of which nobody has said where they lie; kept with ``context``.
  var unplacedMembers: [String] = []
  /// The members that can be planned for, in order; kept with ``context``.
  var placedMembers: [PlacedMember] = []
  /// The members' names in order.
  var memberNames: [String]
  /// Members on their way out: what they have is treated as gone.
  var leaving: Set<String> = []
  /// Whether every member has been told (rule whole-reads).
  var membershipKnown: Bool
  /// Where clusters lay when they were last seen.
  let places: [String: MemberPlace]
  /// How far each drain in force has come, by object name.
  var drains: [String: DrainProgress] = [:]
  /// Members that are still waited for; kept as they report, because every action asks.
  var unsettled: Set<String>
  /// The cordons in an order that does not depend on how they are kept.
  var orders: [Cordon] = []
  /// Cordons whose end has been noted.
  var expired: Set<String> = []
  /// What the end of an order brought back, in words.
  var returned: [String: String] = [:]
  /// Orders whose coming end was told of, with that end.
  var warned: [String: Timestamp] = [:]
  var lastSample: Timestamp?
  /// The services whose samples are not all the same yet; the others are not looked at before something is said of them.
  var restless: Set<ServiceKey> = []
  /// The services that wait for a time of their own: a damping, the next try, an alias's pause.
  var waiting: Set<ServiceKey> = []
  /// Grows with every change that a screen could show.
  package internal(set) var revision: UInt64 = 0
  /// What is to be kept of what happens (rule audited).
  package var audit: AuditLedger
  /// The rollbacks at the federation API, by object name, and those of them whose end has been noted.
  package internal(set) var rollbacks: [String: RollbackOrder] = [:]
  var endedRollbacks: Set<String> = []
  /// From observation to served, of every change that was answered.
  var convergence = DurationHistogram()

  /// - Parameters:
  ///   - aliases: the names that the configuration declares besides the hierarchies.
  ///   - awaitsMembers: whether more members than those given are still to be told, so that nothing is planned before.
  package init(
    federation: Federation, limits: SafetyLimits, identity: String, members: [Configuration.Member],
    aliases: [Alias] = [], places: [String: MemberPlace] = [:], rules: SafetyRules = .all, awaitsMembers: Bool = false,
    at now: Timestamp
  ) {
    self.federation = federation
    self.limits = limits
    self.identity = identity
    self.rules = rules
    self.managedNames = ManagedNames(federation: federation, aliases: aliases)
    self.places = places
    self.membershipKnown = !awaitsMembers
    self.memberNames = members.map(\.context).sorted()
    self.unsettled = Set(memberNames)
    self.audit = AuditLedger(writer: identity, start: now)
    for member in members {
      self.members[member.context] = Member(
        name: member.context, region: member.region, zones: member.zones, remembered: places[member.context], at: now)
    }
  }

  /// Whether enough is known to plan: what is declared, ordered and published, and every cluster read or judged.
  ///
  /// Before that an absence means nothing (rule whole-reads).
  package var isSettled: Bool {
    guard rules.contains(.wholeReads) else { return declarationsKnown }
    return declarationsKnown && cordonsKnown && membershipKnown && zoneKnown && unsettled.isEmpty
  }

  /// Whether services wait to be planned or committed.
  package var hasWork: Bool { dirty.count > 0 || !inFlight.isEmpty }

  /// What is still waited for before anything is planned; one line.
  package var waitingFor: String {
    var missing: [String] = []
    if !declarationsKnown || !cordonsKnown || !membershipKnown {
      missing.append("the federation API (\(federationTrouble ?? "no answer yet"))")
    }
    if !zoneKnown { missing.append("the DNS provider (\(providerTrouble ?? "no answer yet"))") }
    if !unsettled.isEmpty { missing.append("clusters \(unsettled.sorted().joined(separator: ", "))") }
    return missing.isEmpty ? "nothing" : missing.joined(separator: "; ")
  }
}

/// A member that can be planned for.
struct PlacedMember: Sendable {
  /// Its place among all members.
  let index: Int
  let name: String
  /// Whether its world has been read in whole, so that absence means absence (rule whole-reads).
  let isWhole: Bool
}
