import Control
import Federation
import HTTPTransport
import Kubernetes

extension FederationLease {
  /// The lease of a configured federation, asked for with a third of the time that a renewal has.
  init(client: KubernetesClient, _ configuration: Configuration) {
    self.init(
      client: client, federation: configuration.federation, patience: configuration.lease.renewDeadline / 3)
  }
}

extension DataPlaneProber {
  /// Probes HTTP over a transport; whoever answers over TLS counts, since it is reachability that is asked for.
  init(settings: ProbeSettings, over transport: HTTPTransport) {
    self.init(settings: settings) { target, timeout in
      guard case .http(let path, let statuses, let isSecure) = target.method else { return "no HTTP probe" }
      let host = target.address.contains(":") ? "[\(target.address)]" : target.address
      let request = HTTPRequest(
        url: "\(isSecure ? "https" : "http")://\(host):\(target.port)\(path)",
        headers: [HTTPHeader("User-Agent", "zonetop"), HTTPHeader("Connection", "close")],
        tls: TLSSettings(verification: .none), connectTimeout: timeout, silenceTimeout: timeout)
      do {
        let response = try await transport.send(request)
        guard !statuses.contains(response.status) else { return nil }
        return "answers with status \(response.status)"
      } catch {
        return cleanLine("\(error)")
      }
    }
  }
}
