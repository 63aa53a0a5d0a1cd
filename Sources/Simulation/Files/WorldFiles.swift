/// The files by which others join a simulation.
struct WorldFiles {
  var host: String
  var apiPort: Int
  var dnsPort: Int
  var clusters: [String]

  static let federationContext = "federation-cluster"

  /// A context for each cluster and the federation API, which is the current one.
  var kubeconfig: String {
    let contexts =
      [(name: Self.federationContext, path: "/federation")] + clusters.map { (name: $0, path: "/clusters/\($0)") }
    var lines = ["apiVersion: v1", "kind: Config", "current-context: \(Self.federationContext)", "clusters:"]
    lines += contexts.map { "- { name: \($0.name), cluster: { server: \"http://\(authority(apiPort))\($0.path)\" } }" }
    lines.append("contexts:")
    lines += contexts.map { "- { name: \($0.name), context: { cluster: \($0.name), user: simulation } }" }
    lines += ["users:", "- { name: simulation, user: {} }", ""]
    return lines.joined(separator: "\n")
  }

  var config: String {
    var lines = [
      "federation: { name: myfederation, domain: example.com, ttl: 180, nameLayout: flat }",
      "api: { context: \(Self.federationContext) }", "clusters:",
    ]
    lines += clusters.map { "  - { context: \($0) }" }
    lines += [
      "dns:", "  provider: rfc2136", "  rfc2136: { servers: [\"\(authority(dnsPort))\"], zone: example.com }",
      "  nameServers: [\"\(authority(dnsPort))\"]", "",
    ]
    return lines.joined(separator: "\n")
  }

  private func authority(_ port: Int) -> String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
