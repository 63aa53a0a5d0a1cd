import ArgumentParser
import Control
import HTTPTransport
import JSON
import Kubernetes

struct Clusters: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the member clusters, take one in, let one go.",
    discussion: """
      EXAMPLES
        zonetop clusters
        zonetop clusters init --context host-cluster      a real API server, once
        zonetop clusters join gke-us-central1-a --region us-central1 --zones us-central1-a
        zonetop clusters unjoin gke-us-central1-a --delete-shards
      """,
    subcommands: [ClustersList.self, ClustersInit.self, ClustersJoin.self, ClustersUnjoin.self],
    defaultSubcommand: ClustersList.self)
}

struct ClustersList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the member clusters: place, condition and why.")

  @OptionGroup var global: GlobalOptions
  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table

  func run() async throws {
    let session = try await Session.open(global)
    let report = ClustersReport(try await session.settledSnapshot())
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    }
  }
}

struct ClustersJoin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Take the cluster of a kubeconfig context into the federation.",
    discussion: """
      The context is read from KUBECONFIG, its cluster is asked whether it is there and lets itself be kept, and a copy of
      its credentials is put where the controller finds it: a Secret in zonetop-system, or an owner-only file beside the
      embedded API's store.

      EXAMPLES
        zonetop clusters join gke-us-central1-a
        zonetop clusters join kind-kind --name lab --region home --zones attic,cellar
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The kubeconfig context of the cluster.") var cluster: String
  @Option(help: "What the cluster is called in the federation; default: from the context.") var name: String?
  @Option(help: "Its region, where its nodes do not say.") var region: String?
  @Option(help: "Its zones, separated by commas, where its nodes do not say.") var zones: String?

  func run() async throws {
    let place = try await FederationPlace.open(global)
    let join = ClusterJoin(
      federation: place.federation, cluster: try await place.client(context: cluster),
      name: name ?? ClusterObject.objectName(cluster), region: region,
      zones: (zones ?? "").split(separator: ",").map(String.init), keep: place.keep)
    do throws(JoinError) {
      FileOutput.standard.write(try await join.run() + "\n")
    } catch {
      throw Failure(error)
    }
  }
}

struct ClustersUnjoin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unjoin",
    abstract: "Let a cluster go: its addresses leave DNS, then its shards are let go, then it is no member any more.",
    discussion: """
      Waits half a minute for the controller; an order that takes longer goes on by itself.

      EXAMPLES
        zonetop clusters unjoin lab                        its Services stay, without zonetop's marks
        zonetop clusters unjoin lab --delete-shards        those that zonetop made are deleted
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The cluster, as `zonetop clusters` names it.") var name: String
  @Flag(help: "Delete the shards that zonetop made there.") var deleteShards = false
  @Flag(help: "Leave the shards there, without zonetop's marks; the default.") var orphan = false

  func validate() throws {
    if deleteShards, orphan { throw ValidationError("--orphan and --delete-shards exclude one another") }
  }

  func run() async throws {
    let place = try await FederationPlace.open(global)
    let unjoin = ClusterUnjoin(federation: place.federation, name: name, deletesShards: deleteShards)
    do throws(JoinError) {
      let result = try await unjoin.run(within: .seconds(30), clock: ContinuousClock())
      FileOutput.standard.write(result.line + "\n")
      if result.isDone { try await place.forget(name) }
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  init(_ error: JoinError) {
    switch error.code {
    case .usage: self.init(.usage, error.description)
    case .failed: self.init(.failed, error.description)
    case .unreachable: self.init(.unreachable, error.description)
    }
  }
}
