import HTTPTransport

extension Kubeconfig {
  /// Reads the files that apply: `explicit` alone, else those of `KUBECONFIG`, else `~/.kube/config`.
  ///
  /// Of `KUBECONFIG`'s files those that do not exist are passed over, as kubectl does it.
  ///
  /// - Parameters:
  ///   - explicit: The value of `--kubeconfig`.
  ///   - environment: The process's variables.
  package static func load(
    explicit: String?, environment: [String: String]
  ) async throws(KubernetesError) -> Kubeconfig {
    var paths: [String] = []
    if let explicit {
      paths = [explicit]
    } else if let list = environment["KUBECONFIG"], !list.isEmpty {
      paths = list.split(separator: ":").map(String.init)
    } else if let home = environment["HOME"], !home.isEmpty {
      paths = ["\(home)/.kube/config"]
    }
    var config = Kubeconfig()
    for path in paths {
      switch await fileContents(path) {
      case .success(let bytes): try config.add(String(decoding: bytes, as: UTF8.self), path: path)
      case .failure(let error) where error.isMissing && explicit == nil: continue
      case .failure(let error):
        throw KubernetesError(.configuration, "the kubeconfig \(path) cannot be read: \(error.reason)")
      }
    }
    return config
  }
}

extension ClusterAccess {
  /// Where Kubernetes puts a pod's own credentials.
  package static let serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

  /// How a pod reaches the cluster that it runs in, by its service account; nil outside of a cluster.
  package static func inCluster(
    environment: [String: String], folder: String = ClusterAccess.serviceAccountFolder
  ) async throws(KubernetesError) -> ClusterAccess? {
    guard let host = environment["KUBERNETES_SERVICE_HOST"], let port = environment["KUBERNETES_SERVICE_PORT"],
      !host.isEmpty, !port.isEmpty
    else { return nil }
    let literal = host.contains(":") ? "[\(host)]" : host
    var access = ClusterAccess(server: "https://\(literal):\(port)")
    access.tls.certificateAuthority = try await readFile("\(folder)/ca.crt", purpose: "the cluster's authority")
    access.credential = .tokenFile(path: "\(folder)/token")
    if case .success(let bytes) = await fileContents("\(folder)/namespace") {
      let namespace = String(decoding: bytes, as: UTF8.self).trimmingWhitespace()
      if !namespace.isEmpty { access.namespace = namespace }
    }
    return access
  }
}
