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
  private let observerLoss: ObserverLoss
  private let removals: RemovalLedger?
  private let unsettled: Set<String>
  private let identity: String

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
    var isCommitting: Bool
    var verdicts: [String: Verdict]
  }

  init(_ core: ControlCore) {
    members = core.members
    services = core.services.mapValues { entry in
      Entry(
        declaration: entry.declaration, wasDeleted: entry.wasDeleted, mark: entry.mark, foreignMark: entry.foreignMark,
        published: entry.published, plan: entry.plan, removals: entry.removals, isWaiting: entry.retryAt != nil,
        needsRead: entry.needsRead, isCommitting: entry.isCommitting, verdicts: entry.histories.mapValues(\.verdict))
    }
    cordons = core.cordons
    hosts = core.hosts
    flags = [core.declarationsKnown, core.cordonsKnown, core.zoneKnown]
    dirty = core.dirty
    observerLoss = core.observerLoss
    removals = core.removals
    unsettled = core.unsettled
    identity = core.identity
  }

  /// The stored properties of a core that the fingerprint holds.
  static let held: Set<String> = [
    "members", "services", "cordons", "hosts", "declarationsKnown", "cordonsKnown", "zoneKnown", "dirty",
    "observerLoss", "removals", "unsettled", "identity",
  ]

  /// Those that it leaves out: the same for all cores of a model, only shown, or derived from what is held.
  static let leftOut: Set<String> = [
    "federation", "limits", "managedNames", "log", "providerTrouble", "federationTrouble", "context",
    "unplacedMembers", "rules", "placedMembers", "memberNames", "drains", "orders", "expired", "lastSample", "revision",
    // A model has no lease of the federation API, no vantage points and no orders that end.
    "leadership", "dataPlane", "warned", "returned", "audit", "convergence", "endedRollbacks", "rollbacks",
  ]

  static let heldOfEntry: Set<String> = [
    "declaration", "wasDeleted", "mark", "foreignMark", "published", "plan", "removals", "retryAt", "needsRead",
    "isCommitting", "histories",
  ]

  // In a model nobody removes a mark, so that what is known to be ours is what the mark says; and time stands still, so that
  // a shard that waits after too many failures waits for ever.
  static let leftOutOfEntry: Set<String> = [
    "servers", "backoff", "shards", "snapshot", "known", "dampings", "answering", "changed",
  ]
}
