import ArgumentParser
import Federation

struct CordonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cordon",
    abstract: "Keep a scope from entering DNS: what serves goes on serving, nothing new comes in.",
    discussion: """
      TARGET is zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME.

      EXAMPLES
        zonetop cordon zone/us-central1-f --reason "new racks" --for 4h
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var order: OrderOptions

  func run() async throws { try await order.carryOut(.cordon, global) }
}

struct Drain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a scope out of DNS now; shows the plan first.",
    discussion: """
      TARGET is zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME.

      EXAMPLES
        zonetop drain zone/us-central1-b --reason "rack power" --dry-run
        zonetop drain zone/us-central1-b --service mynamespace/nginx --reason "rack power" --for 45m --yes
        zonetop drain region/us-central1 --reason "storm" --yes --override mass-change
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var order: OrderOptions

  func run() async throws { try await order.carryOut(.drain, global) }
}
