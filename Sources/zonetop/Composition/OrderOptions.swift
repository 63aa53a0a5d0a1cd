import ArgumentParser
import Control
import Documents
import Federation

/// What `cordon` and `drain` have in common: the scope, the reason, the time, and the preview before anything is done.
struct OrderOptions: ParsableArguments {
  @Argument(help: "zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME.") var target: String
  @Option(help: "Only this service, as NAMESPACE/NAME; default: every service.") var service: String?
  @Option(help: "Why, in your words. Required.") var reason: String
  @Option(name: .customLong("for"), help: "How long, such as 45m or 2h; from 1m to 72h.") var duration = "1h"
  @Flag(help: "Show the plan and change nothing.") var dryRun = false
  @Flag(help: "Do it without asking.") var yes = false
  @Flag(help: "Give the order and return, without waiting until the last cached answer has ended.") var noWait = false
  @Option(help: "A safety rule to override by name, once for each.") var override: [String] = []

  func carryOut(_ kind: Cordon.Kind, _ global: GlobalOptions) async throws {
    let cordon = try cordon(kind, global)
    let overrides = try Self.rules(override)
    let session = try await Session.open(global)
    try Self.check(cordon.target, in: try await session.settledSnapshot())
    let preview = await session.controller.preview(.placing([cordon]))
    FileOutput.standard.write(lines: PreviewReport(preview).lines)
    if let objection = preview.objections.first(where: { !overrides.contains($0.rule) }) {
      throw Failure(
        .refused,
        "\(kind.rawValue) refused by \(objection.rule.rawValue): \(objection.why); to do it all the same add --override \(objection.rule.rawValue)"
      )
    }
    if dryRun { return }
    if !yes { try confirm(kind) }
    try session.report(
      await session.controller.perform(.place(cordon, planHash: preview.planHash, overrides: overrides)))
    if kind == .drain, !noWait { try await DrainFollower(cordon: cordon).follow(session) }
  }

  private func cordon(_ kind: Cordon.Kind, _ global: GlobalOptions) throws -> Cordon {
    let scope = try CordonTarget(scope: target)
    guard !reason.isEmpty else { throw Failure(.usage, "--reason is empty; say why, others will read it") }
    // Whole seconds: people read these times.
    let now = Timestamp(seconds: SystemClock.now().nanoseconds / 1_000_000_000)
    return Cordon(
      kind: kind, target: scope, service: try service.map(global.service), reason: cleanLine(reason),
      holder: SystemIdentity.person, created: now, expires: now + (try Self.span(duration)))
  }

  /// An order about a place that does not exist would look obeyed and do nothing.
  static func check(_ target: CordonTarget, in snapshot: FederationSnapshot) throws {
    let clusters = snapshot.clusters.map(\.cluster)
    let known: [String]
    let name: String
    switch target {
    case .zone(let zone): (name, known) = (zone, clusters.flatMap(\.zones))
    case .region(let region): (name, known) = (region, clusters.map(\.region))
    case .cluster(let cluster), .shard(let cluster, _): (name, known) = (cluster, clusters.map(\.name))
    }
    guard !known.contains(name) else { return }
    throw Failure(.failed, "there is no \(target); there are \(Set(known).sorted().joined(separator: ", "))")
  }

  /// How long an order stands.
  static func span(_ duration: String) throws -> Duration {
    guard let span = parseDuration(duration), span >= CordonObject.shortest, span <= CordonObject.longest
    else {
      throw Failure(.usage, "--for \(cleanLine(duration)): write a time such as 45m or 2h, from 1m to 72h")
    }
    return span
  }

  /// The rules that are overridden by name.
  static func rules(_ names: [String]) throws -> Set<SafetyRule> {
    var rules: Set<SafetyRule> = []
    for name in names {
      guard let rule = SafetyRule(rawValue: name) else {
        let known = SafetyRule.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(.usage, "--override \(cleanLine(name)): there is no such rule; the rules are \(known)")
      }
      rules.insert(rule)
    }
    return rules
  }

  private func confirm(_ kind: Cordon.Kind) throws {
    guard Terminals.isInteractive else {
      throw Failure(.usage, "no terminal to ask at; add --yes to \(kind.rawValue) \(target) without asking")
    }
    FileOutput.standard.write("type \(target) to \(kind.rawValue) it: ")
    guard readLine(strippingNewline: true) == target else {
      throw Failure(.failed, "not confirmed; nothing was changed")
    }
  }
}
