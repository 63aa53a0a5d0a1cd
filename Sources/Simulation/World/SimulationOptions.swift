/// How large a simulated world is and where it is served.
package struct SimulationOptions: Sendable {
  package var clusters: Int
  package var services: Int
  /// The same seed gives the same world.
  package var seed: UInt64
  package var host: String
  /// The port of the API endpoints; 0 lets the kernel choose. The name server is expected at the next one.
  package var port: Int
  /// Where `kubeconfig` and `config.yaml` are written.
  package var directory: String
  package var script: Script
  /// How long a new pod takes to become ready.
  package var podStart: Duration
  /// The federation API where it is served elsewhere; nil lets the simulation serve one beside its clusters.
  package var federation: FederationAccess?

  package init(
    clusters: Int = 13, services: Int = 1, seed: UInt64 = 1, host: String = "127.0.0.1", port: Int,
    directory: String, script: Script = Script(steps: []), podStart: Duration = .milliseconds(300),
    federation: FederationAccess? = nil
  ) {
    self.clusters = clusters
    self.services = services
    self.seed = seed
    self.host = host
    self.port = port
    self.directory = directory
    self.script = script
    self.podStart = podStart
    self.federation = federation
  }
}
