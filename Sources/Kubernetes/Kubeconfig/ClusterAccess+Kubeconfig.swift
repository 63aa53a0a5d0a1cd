import HTTPTransport
package import JSON

extension ClusterAccess {
  /// A kubeconfig with this access alone, which needs no other file: what files held stands in it, an exec plugin stays
  /// one. YAML, since JSON is.
  ///
  /// It holds secrets: for a Secret or an owner-only file, never for a log.
  package func kubeconfig(context name: String) async throws(KubernetesError) -> JSONValue {
    var cluster: JSONValue = ["server": .string(server)]
    if let authority = tls.certificateAuthority {
      cluster["certificate-authority-data"] = .string(base64Encoded(authority))
    }
    if let serverName = tls.serverName { cluster["tls-server-name"] = .string(serverName) }
    if tls.verification == .none { cluster["insecure-skip-tls-verify"] = true }
    if let proxy { cluster["proxy-url"] = .string(proxy) }
    var user: JSONValue = [:]
    if let certificate = tls.clientCertificate, let key = tls.clientKey {
      user["client-certificate-data"] = .string(base64Encoded(certificate))
      user["client-key-data"] = .string(base64Encoded(key))
    }
    switch credential {
    case .none: break
    case .token(let token): user["token"] = .string(token)
    case .tokenFile(let path):
      let bytes = try await readFile(path, purpose: "the token")
      user["token"] = .string(String(decoding: bytes, as: UTF8.self).trimmingWhitespace())
    case .exec(let plugin):
      user["exec"] = plugin.kubeconfigEntry
      if let config = plugin.clusterConfig {
        cluster["extensions"] = [["name": "client.authentication.k8s.io/exec", "extension": config]]
      }
    }
    let groups = impersonation.filter { $0.name == "Impersonate-Group" }.map { JSONValue.string($0.value) }
    user["as"] = impersonation.first { $0.name == "Impersonate-User" }.map { .string($0.value) }
    if !groups.isEmpty { user["as-groups"] = .array(groups) }
    let label = JSONValue.string(name)
    return [
      "apiVersion": "v1", "kind": "Config", "current-context": label,
      "clusters": [["name": label, "cluster": cluster]], "users": [["name": label, "user": user]],
      "contexts": [["name": label, "context": ["cluster": label, "user": label, "namespace": .string(namespace)]]],
    ]
  }
}

extension ExecPlugin {
  fileprivate var kubeconfigEntry: JSONValue {
    var entry: JSONValue = [
      "apiVersion": .string(apiVersion), "command": .string(command), "interactiveMode": "Never",
      "provideClusterInfo": .bool(providesClusterInfo), "args": .array(arguments.map(JSONValue.string)),
    ]
    if let installHint { entry["installHint"] = .string(installHint) }
    entry["env"] = .array(
      environment.sorted { $0.key < $1.key }.map { ["name": .string($0.key), "value": .string($0.value)] })
    return entry
  }
}
