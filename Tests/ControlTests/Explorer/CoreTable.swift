@testable import Control
import DNSProviders
import Federation

/// The planners of a model: real cores, each kept once and known by a number, with every step they ever took.
///
/// Two cores that would decide alike for ever after are one; that is what makes walking every history possible.
final class CoreTable {
  struct Outcome {
    var core: Int
    var request: CoreRequest
  }

  private struct Question: Hashable {
    var core: Int
    var input: CoreInput
  }

  let world: SmallWorld
  let zones: ZoneTable
  private let identities: [String]
  /// The rule that these planners do without.
  private let rule: SafetyRule?
  private var cores: [ControlCore] = []
  private var numbers: [CoreFingerprint: Int] = [:]
  private var answers: [Question: Outcome] = [:]

  init(_ world: SmallWorld, _ zones: ZoneTable, identities: [String], without rule: SafetyRule? = nil) {
    self.world = world
    self.rule = rule
    self.zones = zones
    self.identities = identities
  }

  /// How many different states planners were in.
  var count: Int { cores.count }

  /// A planner that has just started: it knows what is declared and ordered, and what the zone holds.
  func started(_ seat: Int, zone: Int, isDeleted: Bool = false) -> Int {
    var core = ControlCore(
      federation: SmallWorld.federation, limits: world.limits, identity: identities[seat],
      members: world.clusters.map {
        Configuration.Member(context: $0.name, region: $0.region, zones: [$0.zone])
      }, rules: rule.map { SafetyRules.all.without($0) } ?? .all, at: SmallWorld.now)
    let declared = isDeleted ? [:] : [SmallWorld.service: ServiceDeclaration()]
    core.receive(.services(.replaced(declared)), at: SmallWorld.now)
    core.receive(.cordons(.replaced([:])), at: SmallWorld.now)
    core.receive(.zone(zones.contents(zone)), at: SmallWorld.now)
    return number(core)
  }

  func step(_ core: Int, _ input: CoreInput) -> Outcome {
    let question = Question(core: core, input: input)
    if let known = answers[question] { return known }
    var next = cores[core]
    let request = take(input, &next)
    let outcome = Outcome(core: number(next), request: request)
    answers[question] = outcome
    return outcome
  }

  private func take(_ input: CoreInput, _ core: inout ControlCore) -> CoreRequest {
    let now = SmallWorld.now
    func hear(_ observations: [Observation]) {
      for observation in observations { core.receive(observation, at: now) }
    }
    switch input {
    case .halfList(let index, let step): hear(world.observations(of: index, listed: step, half: true))
    case .fullList(let index, let step): hear(world.observations(of: index, listed: step, half: false))
    case .step(let index, let old, let new): hear(world.observations(of: index, from: old, to: new))
    case .deleted: hear([.services(.removed(SmallWorld.service))])
    case .plan:
      switch core.nextAction(in: .lead, at: now) {
      case .commit(let batch)?: return .commit(batch: zones.number(of: batch))
      case .read?: return .read
      case nil: return .none
      }
    case .committed(let batch): core.committed(zones.batch(batch), at: now)
    case .fenced(let batch): core.failed(zones.batch(batch), ProviderError(.fenced, "fenced"), at: now)
    case .unanswered(let batch): core.failed(zones.batch(batch), ProviderError(.unreachable, "lost"), at: now)
    case .names(let zone): hear([.names(SmallWorld.service, zones.contents(zone))])
    case .readFailed: core.failedToRead(SmallWorld.service, ProviderError(.unreachable, "lost"), at: now)
    case .zone(let zone): hear([.zone(zones.contents(zone))])
    case .waited: core.tick(at: SmallWorld.afterWaits)
    }
    return .none
  }

  private func number(_ core: ControlCore) -> Int {
    let fingerprint = CoreFingerprint(core)
    if let known = numbers[fingerprint] { return known }
    cores.append(core)
    numbers[fingerprint] = cores.count - 1
    return cores.count - 1
  }
}
