/// The files by which others join a simulation.
struct WorldFiles {
  var host: String
  var apiPort: Int
  var dnsPort: Int
  var clusters: [String]
  /// Nil where the federation API is served beside the clusters.
  var federation: FederationAccess?

  static let federationContext = "federation-cluster"

  /// A context for each cluster and the federation API, which is the current one.
  var kubeconfig: String {
    let name = Self.federationContext
    var lines = ["apiVersion: v1", "kind: Config", "current-context: \(name)", "clusters:"]
    if let federation {
      lines.append(
        "- { name: \(name), cluster: { server: \"https://\(authority(federationPort))\", "
          + "certificate-authority-data: \"\(federation.authority)\" } }")
    } else {
      lines.append("- { name: \(name), cluster: { server: \"http://\(authority(apiPort))/federation\" } }")
    }
    lines += clusters.map {
      "- { name: \($0), cluster: { server: \"http://\(authority(apiPort))/clusters/\($0)\" } }"
    }
    lines += ["contexts:", "- { name: \(name), context: { cluster: \(name), user: federation } }"]
    lines += clusters.map { "- { name: \($0), context: { cluster: \($0), user: simulation } }" }
    lines += ["users:", "- { name: simulation, user: {} }"]
    if let federation {
      lines.append(
        "- { name: federation, user: { client-certificate-data: \"\(federation.clientCertificate)\", "
          + "client-key-data: \"\(federation.clientKey)\" } }")
    } else {
      lines.append("- { name: federation, user: {} }")
    }
    return (lines + [""]).joined(separator: "\n")
  }

  /// Where a federation API that is served elsewhere listens.
  private var federationPort: Int { apiPort + 2 }

  var config: String {
    var lines = [
      "federation: { name: myfederation, domain: example.com, ttl: 180, nameLayout: flat }",
      "api: { context: \(Self.federationContext) }", "clusters:",
    ]
    lines += clusters.map { "  - { context: \($0) }" }
    lines += [
      "dns:", "  provider: rfc2136", "  rfc2136: { servers: [\"\(authority(dnsPort))\"], zone: example.com }",
      "  nameServers: [\"\(authority(dnsPort))\"]",
      "# The addresses of a simulation belong to strangers: nobody probes them.",
      "safety: { probes: { enabled: false } }", "",
    ]
    return lines.joined(separator: "\n")
  }

  private func authority(_ port: Int) -> String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
