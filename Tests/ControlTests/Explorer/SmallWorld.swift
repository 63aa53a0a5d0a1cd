import Federation

/// A federation small enough to walk every history of: a few clusters, what happens to each in turn, and how often the
/// machinery itself may fail.
struct SmallWorld: Sendable {
  static let service = ServiceKey(namespace: "ns", name: "web")
  static let federation = Federation(name: "fed", domain: DomainName(canonical: "example.com"))
  /// Time stands still in a model: waits end in an instant, and everything happens within every window.
  static let now = Timestamp(seconds: 1_767_225_600)
  static let afterWaits = now + .seconds(31)

  var name: String
  var clusters: [Script]
  /// Record sets of somebody else that stand at managed names from the beginning.
  var foreign: [RecordSet] = []
  /// Whether the service may be deleted at the federation API.
  var canBeDeleted = false
  /// How many processes may die, and start again knowing nothing.
  var crashes = 1
  /// How many requests or replies to the provider may get lost or be late.
  var losses = 1
  /// How many whole reads of the zone may be under way while others write.
  var polls = 1
  /// Whether a process that starts hears each cluster's lists one by one, and others act in between.
  var listsInHalves = false
  /// Whether nothing is published at the beginning.
  var startsEmpty = false
  var limits = SafetyLimits.default
  /// How many states are walked when nothing deeper is asked for.
  var states = 10_000

  /// One cluster: where it lies and what it goes through, each step once, in this order.
  struct Script: Sendable {
    var name: String
    var region: String
    var zone: String
    var address: String
    var steps: [Step]
  }

  /// What is true of a cluster, and what it says of it.
  struct Step: Sendable, Hashable {
    /// Ready endpoints in truth.
    var ready = 1
    /// Its API does not answer, whatever its shard does.
    var isSilent = false
    /// It answers, and lists nothing.
    var listsNothing = false

    static let up = Step()
    static let down = Step(ready: 0)
    static let silent = Step(isSilent: true)
    static let empty = Step(listsNothing: true)
    static let silentAndDead = Step(ready: 0, isSilent: true)
  }

  /// A member as `NUMBER` of the world: zone `ZONE`, address `192.0.2.NUMBER`.
  static func cluster(_ number: Int, _ region: String, _ steps: [Step]) -> Script {
    Script(name: "c\(number)", region: region, zone: "\(region)-\(number)", address: "192.0.2.\(number)", steps: steps)
  }

  /// Every name that the service has, global first.
  var names: [DomainName] {
    let context = PlanningContext(
      federation: Self.federation,
      clusters: clusters.map { Cluster(name: $0.name, region: $0.region, zones: [$0.zone], condition: .ready) },
      limits: limits, cordons: [], hosts: [:], now: Self.now, overrides: [])
    let shards = clusters.map {
      Shard(cluster: $0.name, addresses: [$0.address], readyEndpoints: 1, totalEndpoints: 1)
    }
    return context.names(of: FederatedService(key: Self.service, shards: shards)).map(\.name)
  }
}
