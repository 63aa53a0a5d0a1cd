import Federation
import Testing

extension SmallWorld: CustomTestStringConvertible {
  var testDescription: String { name }

  /// The worlds that are walked.
  static let all = [
    failover, lateReads, birth, allRed, blind, silent, coldStart, halfLists, foreignNames, deletion, emptied,
  ]

  /// Worlds so small that every history of theirs is walked to its end.
  static let whole = [pair, pairWithCrash, pairWithLosses, pairWithAll, pairWithPoll, pairBorn, pairDeleted]

  private static let upDownUp = [cluster(1, "r1", [.up, .down, .up]), cluster(2, "r2", [.up])]
  private static let upDown = [cluster(1, "r1", [.up, .down]), cluster(2, "r2", [.up])]

  /// Two writers, a shard that goes down and comes back, and one that stays.
  static let pair = SmallWorld(name: "pair", clusters: upDownUp, crashes: 0, losses: 0, polls: 0)

  /// The same, and writers die wherever they may be.
  static let pairWithCrash = SmallWorld(name: "pair with crashes", clusters: upDownUp, crashes: 2, losses: 0, polls: 0)

  /// The same, and requests or replies get lost or come late.
  static let pairWithLosses = SmallWorld(name: "pair with losses", clusters: upDownUp, crashes: 0, losses: 2, polls: 0)

  /// A writer dies and a request or reply gets lost, in any order.
  static let pairWithAll = SmallWorld(
    name: "pair with a crash and a loss", clusters: upDown, crashes: 1, losses: 1, polls: 0)

  /// A whole read of the zone is under way while others write.
  static let pairWithPoll = SmallWorld(name: "pair with a poll", clusters: upDown, crashes: 0, losses: 1, polls: 1)

  /// Both writers publish it for the first time while it goes down, and one of them dies.
  static let pairBorn = SmallWorld(
    name: "pair is born", clusters: upDown, crashes: 1, losses: 0, polls: 0, startsEmpty: true)

  /// The service is deleted while a shard goes down, and a reply gets lost.
  static let pairDeleted = SmallWorld(
    name: "pair is deleted", clusters: upDown, canBeDeleted: true, crashes: 0, losses: 1, polls: 0)

  /// Shards go down and come back while writers die, wait and get old answers.
  static let failover = SmallWorld(
    name: "failover",
    clusters: [cluster(1, "r1", [.up, .down, .up]), cluster(2, "r1", [.up, .down]), cluster(3, "r2", [.up])],
    crashes: 1, losses: 1, polls: 0)

  /// Whole reads of the zone arrive after others, or the reader itself, have written.
  static let lateReads = SmallWorld(
    name: "late reads", clusters: [cluster(1, "r1", [.up, .down, .up]), cluster(2, "r2", [.up])],
    crashes: 0, losses: 2, polls: 2)

  /// Two writers publish a service for the first time, one of whose shards is down.
  static let birth = SmallWorld(
    name: "birth",
    clusters: [cluster(1, "r1", [.up, .down]), cluster(2, "r1", [.down, .up]), cluster(3, "r2", [.down])],
    crashes: 1, losses: 1, polls: 1, startsEmpty: true)

  /// Every shard goes down, one after the other.
  static let allRed = SmallWorld(
    name: "all red", clusters: [cluster(1, "r1", [.up, .down]), cluster(2, "r2", [.up, .down, .up])],
    crashes: 1, losses: 1, polls: 1)

  /// More clusters than may be missed fall silent, and one lists nothing; all are healthy.
  static let blind = SmallWorld(
    name: "blind",
    clusters: [
      cluster(1, "r1", [.up, .silent, .up]), cluster(2, "r1", [.up, .silent]), cluster(3, "r2", [.up, .empty, .down]),
    ],
    crashes: 1, losses: 0, polls: 0, limits: SafetyLimits(unreachableAfter: .seconds(30)))

  /// A cluster lists nothing for a while, few enough for mass-change.
  static let emptied = SmallWorld(
    name: "emptied",
    clusters: [
      cluster(1, "r1", [.up, .empty, .up]), cluster(2, "r1", [.up, .down, .up]), cluster(3, "r2", [.up]),
    ],
    crashes: 0, losses: 1, polls: 1, limits: SafetyLimits(massChangeShare: 0.4))

  /// A cluster falls silent and another goes down, few enough for everything but quorum.
  static let silent = SmallWorld(
    name: "silent",
    clusters: [cluster(1, "r1", [.up, .silent, .up]), cluster(2, "r1", [.up, .down, .up]), cluster(3, "r2", [.up])],
    crashes: 1, losses: 1, polls: 0, limits: SafetyLimits(massChangeShare: 0.4))

  /// Writers die, and hear the clusters' lists one by one while things change.
  static let coldStart = SmallWorld(
    name: "cold start",
    clusters: [cluster(1, "r1", [.up, .down]), cluster(2, "r1", [.up, .empty]), cluster(3, "r2", [.up])],
    crashes: 2, losses: 0, polls: 0, listsInHalves: true, states: 20_000)

  /// Writers die, and hear the lists one by one, where few enough change for everything but whole-reads.
  static let halfLists = SmallWorld(
    name: "half lists",
    clusters: [cluster(1, "r1", [.up, .down]), cluster(2, "r1", [.up]), cluster(3, "r2", [.up])],
    crashes: 2, losses: 0, polls: 0, listsInHalves: true, limits: SafetyLimits(massChangeShare: 0.4))

  /// Somebody else has an address at one zone's name and a text at another's.
  static let foreignNames = SmallWorld(
    name: "foreign names",
    clusters: [cluster(1, "r1", [.up, .down]), cluster(2, "r1", [.up, .down, .up]), cluster(3, "r2", [.up])],
    foreign: [
      RecordSet(
        name: DomainName(canonical: "web.ns.fed.svc.r1-1.example.com"), type: .a, ttl: 60, values: ["203.0.113.9"]),
      RecordSet(
        name: DomainName(canonical: "web.ns.fed.svc.r1-2.example.com"), type: .txt, ttl: 60, values: ["not ours"]),
    ], crashes: 1, losses: 1, polls: 0)

  /// The service is deleted while shards go down.
  static let deletion = SmallWorld(
    name: "deletion", clusters: [cluster(1, "r1", [.up, .down]), cluster(2, "r2", [.up])], canBeDeleted: true,
    crashes: 1, losses: 1, polls: 1)
}
