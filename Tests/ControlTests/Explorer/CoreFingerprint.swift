@testable import Control
import Federation

/// All of a core that its further decisions depend on: two cores with the same one will do the same for ever.
///
/// Left out is what is only shown (the log, samples, snapshots), what is derived and kept at hand, and the length of
/// waits, because a model's waits end in an instant.
struct CoreFingerprint: Hashable {
  private let members: [String: Member]
  private let services: [ServiceKey: Entry]
  private let cordons: [String: CordonRecord]
  private let hosts: [String: [IPAddress]]
  private let flags: [Bool]
  private let dirty: ServiceQueue
  private let inFlight: [ServiceKey: Removals]
  private let doubtful: [ServiceKey: DoubtfulCommit]
  private let observerLoss: ObserverLoss
  private let removals: RemovalLedger?
  private let unsettled: Set<String>
  private let identity: String
  private let doubts: [String: ListDoubt]
  private let leadership: Leadership?
  private let leaving: Set<String>
  private let membershipKnown: Bool
  private let waiting: Set<ServiceKey>

  private struct Entry: Hashable {
    var declaration: ServiceDeclaration?
    var wasDeleted: Bool
    var mark: OwnershipMark?
    var foreignMark: String?
    var published: [PublishedRecordSet]
    var plan: ServicePlan?
    var removals: Removals
    var isWaiting: Bool
    var needsRead: Bool
    var verdicts: [String: Verdict]
    var known: KnownRecords
    var dampings: [String: FlapDamping]
  }

  init(_ core: ControlCore) {
    members = core.members
    services = core.services.mapValues { entry in
      Entry(
        declaration: entry.declaration, wasDeleted: entry.wasDeleted, mark: entry.mark, foreignMark: entry.foreignMark,
        published: entry.published, plan: entry.plan, removals: entry.removals, isWaiting: entry.retryAt != nil,
        needsRead: entry.needsRead, verdicts: entry.histories.mapValues(\.verdict),
        known: entry.known, dampings: entry.dampings)
    }
    cordons = core.cordons
    hosts = core.hosts
    flags = [core.declarationsKnown, core.cordonsKnown, core.zoneKnown]
    dirty = core.dirty
    inFlight = core.inFlight
    doubtful = core.doubtful
    observerLoss = core.observerLoss
    removals = core.removals
    unsettled = core.unsettled
    identity = core.identity
    doubts = core.doubts
    leadership = core.leadership
    leaving = core.leaving
    membershipKnown = core.membershipKnown
    waiting = core.waiting
  }

  /// The stored properties of a core that the fingerprint holds.
  static let held: Set<String> = [
    "members", "services", "cordons", "hosts", "declarationsKnown", "cordonsKnown", "zoneKnown", "dirty", "inFlight",
    "doubtful",
    "observerLoss", "removals", "unsettled", "identity", "doubts", "leadership", "leaving", "membershipKnown",
    "waiting",
  ]

  /// Those that it leaves out, and why two cores that differ in them alone go on alike.
  static let leftOut: Set<String> = [
    // The same from the beginning to the end for every core of a world.
    "federation", "limits", "managedNames", "rules", "places", "memberNames",
    // Shown and kept, never asked when something is decided: what happened, why somebody is silent, how long changes took.
    "log", "providerTrouble", "federationTrouble", "lastSample", "revision", "audit", "convergence",
    "restless",
    // Worked out from `members`, and thrown away whenever one of them changes.
    "context", "unplacedMembers", "placedMembers",
    // Nil throughout: what a model reads bears no version. `UnchangedZoneTests` compares cores with it and without.
    "zoneTaken",
    // Empty throughout: no world has orders or rollbacks.
    "drains", "orders", "expired", "returned", "warned", "rollbacks", "endedRollbacks",
    // No world has vantage points, nor does a model probe: all that is ever in it is the sentences about silent clusters.
    "dataPlane",
  ]

  static let heldOfEntry: Set<String> = [
    "declaration", "wasDeleted", "mark", "foreignMark", "published", "plan", "removals", "retryAt", "needsRead",
    "histories", "known", "dampings",
  ]

  /// As with ``leftOut``: `servers` is asked only where drains are followed, `backoff` is the length of a wait, which ends in
  /// an instant here, no world has aliases to be in trouble with, `shards` repeats what `members` say, and the rest is shown or measured.
  static let leftOutOfEntry: Set<String> = [
    "servers", "backoff", "aliasTrouble", "unreadAliases", "shards", "snapshot", "answering", "changed",
  ]
}
