import APIServer
import ArgumentParser
import Control
import Documents
import HTTPTransport
import JSON
import Kubernetes

struct ClustersInit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a real Kubernetes API server a federation API: its namespace, definitions and roles.",
    discussion: """
      Applied once by an administrator of that API server; again it changes nothing but what differs. The same stands as
      plain YAML in Deploy/crds and Deploy/rbac/federation-roles.yaml. zonetop's own API needs none of it.

      EXAMPLES
        zonetop clusters init --context host-cluster
        zonetop clusters init --dry-run | kubectl --context host-cluster apply -f -
      """)

  @OptionGroup var global: GlobalOptions
  @Flag(help: "Print the objects as YAML, and ask and change nothing.") var dryRun = false

  func run() async throws {
    let objects = ResourceKind.custom.map(\.definition) + AccessRole.taught.flatMap(\.definitions)
    if dryRun {
      let texts = FederationSetup.all(objects).map { yamlText(json: $0.text()) }
      return FileOutput.standard.write(texts.joined(separator: "---\n"))
    }
    let setup = FederationSetup(federation: try await client(), objects: objects)
    do throws(JoinError) {
      try await setup.run(within: .seconds(30), clock: ContinuousClock()) { FileOutput.standard.write($0 + "\n") }
    } catch {
      throw Failure(error)
    }
  }

  /// The API server that is named, or the configuration's.
  private func client() async throws -> KubernetesClient {
    guard let context = global.context else { return try await FederationPlace.open(global).federation }
    let kubeconfig = try await Session.kubeconfig(global)
    do {
      return KubernetesClient(access: try await kubeconfig.access(context: context), transport: try HTTPTransport())
    } catch {
      throw Failure(.failed, "\(error)")
    }
  }
}
