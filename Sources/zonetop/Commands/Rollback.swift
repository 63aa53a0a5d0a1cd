import ArgumentParser
import Control
import Federation
import Kubernetes

struct Rollback: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hold a service to the record sets of an earlier generation, until the order ends; shows the plan first.",
    discussion: """
      Every rule applies as to any other change. Addresses that are known not to serve do not come back, unless you
      override known-dead by name. When the order expires or is lifted, health decides again.

      EXAMPLES
        zonetop history rollback mynamespace/nginx --to 16 --reason "bad address from us-central1-a" --dry-run
        zonetop history rollback mynamespace/nginx --to 16 --reason "bad address from us-central1-a" --for 2h --yes
        zonetop history rollback mynamespace/nginx --lift
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The service, as NAMESPACE/NAME.") var service: String
  @Option(help: "The generation to bring back; `zonetop history SERVICE` lists them.") var to: UInt64?
  @Option(help: "Why, in your words. Required but for --lift.") var reason: String?
  @Option(name: .customLong("for"), help: "How long, such as 45m or 2h; at most 72h.") var duration = "1h"
  @Flag(help: "Show the plan and change nothing.") var dryRun = false
  @Flag(help: "Do it without asking.") var yes = false
  @Option(help: "A safety rule to override by name, once for each.") var override: [String] = []
  @Flag(help: "End the rollback that stands.") var lift = false

  func run() async throws {
    let key = try global.service(service)
    if lift { return try await end(key) }
    let order = try await order(key)
    let session = try await Session.open(global)
    _ = try await session.settledSnapshot()
    let preview = try await preview(order, session)
    FileOutput.standard.write(lines: PlanReport([preview.plan]).lines)
    if let objection = preview.objections.first {
      throw Failure(
        .refused,
        "rollback refused by \(objection.rule.rawValue): \(objection.why); to do it all the same add --override \(objection.rule.rawValue)"
      )
    }
    if dryRun { return }
    if !yes { try confirm(order) }
    guard try await self.preview(order, session).plan.changes == preview.plan.changes else {
      throw Failure(.failed, "the world has moved since the plan was shown; give the order again")
    }
    let orders = RollbackOrders(client: try await AuditFiles.client(global))
    do throws(KubernetesError) {
      try await orders.place(order)
    } catch {
      throw Failure(error.code == .unreachable ? .unreachable : .failed, error.description)
    }
    FileOutput.standard.write("rollback of \(key) to generation \(order.pin.generation) until \(order.expires)\n")
  }

  private func preview(_ order: RollbackOrder, _ session: Session) async throws -> RollbackPreview {
    if let preview = await session.controller.preview(order) { return preview }
    throw Failure(.failed, "there is no federated service \(order.service); `zonetop status` lists them")
  }

  private func order(_ key: ServiceKey) async throws -> RollbackOrder {
    guard let to else { throw Failure(.usage, "--to is missing; `zonetop history \(key)` lists the generations") }
    guard let reason, !reason.isEmpty else {
      throw Failure(.usage, "--reason is missing; say why, others will read it")
    }
    let span = try OrderOptions.span(duration)
    let overrides = try OrderOptions.rules(override)
    let history = try await AuditFiles.history(global)
    guard let record = history.published(key, at: to) else {
      let known = history.generations(of: key)
      let range = known.first.map { "generations \($0) to \(known.last ?? $0)" } ?? "none"
      throw Failure(.failed, "the history has no generation \(to) of \(key) to bring back; it has \(range)")
    }
    // Whole seconds: people read these times.
    let now = Timestamp(seconds: SystemClock.now().nanoseconds / 1_000_000_000)
    return RollbackOrder(
      service: key, generation: to, records: record.records, reason: cleanLine(reason),
      holder: SystemIdentity.person, created: now, expires: now + span, overrides: overrides)
  }

  private func end(_ key: ServiceKey) async throws {
    let orders = RollbackOrders(client: try await AuditFiles.client(global))
    do throws(KubernetesError) {
      let wasThere = try await orders.lift(key)
      FileOutput.standard.write(wasThere ? "\(key) follows its health again\n" : "\(key) was not rolled back\n")
    } catch {
      throw Failure(error.code == .unreachable ? .unreachable : .failed, error.description)
    }
  }

  private func confirm(_ order: RollbackOrder) throws {
    guard Terminals.isInteractive else {
      throw Failure(.usage, "no terminal to ask at; add --yes to roll \(order.service) back without asking")
    }
    FileOutput.standard.write("type \(order.service) to roll it back: ")
    guard readLine(strippingNewline: true) == order.service.description else {
      throw Failure(.failed, "not confirmed; nothing was changed")
    }
  }
}
