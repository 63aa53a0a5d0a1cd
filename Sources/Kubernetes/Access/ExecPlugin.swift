import Federation
import Glibc
import HTTPTransport
package import JSON
import Subprocess

/// A program that hands out credentials (client.authentication.k8s.io `v1` or `v1beta1`).
///
/// <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins>
package struct ExecPlugin: Hashable, Sendable {
  package var apiVersion: String
  /// A name looked for in `PATH`, or a path.
  package var command: String
  package var arguments: [String]
  package var environment: [String: String]
  package var providesClusterInfo: Bool
  /// What the kubeconfig says to do when the program is missing.
  package var installHint: String?
  /// The cluster's `client.authentication.k8s.io/exec` extension, handed to the program.
  package var clusterConfig: JSONValue?
  package var timeout: Duration

  package init(
    apiVersion: String, command: String, arguments: [String] = [], environment: [String: String] = [:],
    providesClusterInfo: Bool = false, installHint: String? = nil, clusterConfig: JSONValue? = nil,
    timeout: Duration = .seconds(30)
  ) {
    self.apiVersion = apiVersion
    self.command = command
    self.arguments = arguments
    self.environment = environment
    self.providesClusterInfo = providesClusterInfo
    self.installHint = installHint
    self.clusterConfig = clusterConfig
    self.timeout = timeout
  }

  package static let apiVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]

  /// Runs the program and reads what it prints. Its output never reaches an error.
  func run(for access: ClusterAccess) async -> Result<PluginCredential, KubernetesError> {
    await withTaskGroup(of: Result<PluginCredential, KubernetesError>.self) { group in
      group.addTask { await start(for: access) }
      group.addTask {
        try? await Task.sleep(for: timeout)
        return .failure(failure("did not answer within \(timeout)"))
      }
      defer { group.cancelAll() }
      return await group.next() ?? .failure(failure("did not run"))
    }
  }

  private func start(for access: ClusterAccess) async -> Result<PluginCredential, KubernetesError> {
    var variables: [Environment.Key: String?] = ["KUBERNETES_EXEC_INFO": executionInfo(for: access).text()]
    for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
    // A path is run through env(1): Subprocess takes paths only as a type of another package.
    let isPath = command.contains("/")
    do {
      let result = try await Subprocess.run(
        .name(isPath ? "env" : command), arguments: Arguments((isPath ? ["--", command] : []) + arguments),
        environment: .inherit.updating(variables), output: .bytes(limit: 1 << 20), error: .discarded)
      if isPath, result.terminationStatus == .exited(127) { return .failure(failure("is not installed")) }
      guard result.terminationStatus.isSuccess else {
        return .failure(failure("ended with \(result.terminationStatus)"))
      }
      return Result { () throws(KubernetesError) in try read(result.standardOutput) }
    } catch let error as SubprocessError where error.code == .executableNotFound {
      return .failure(failure("is not installed"))
    } catch {
      return .failure(failure("could not be run"))
    }
  }

  func read(_ output: [UInt8]) throws(KubernetesError) -> PluginCredential {
    guard let answer = try? JSONValue.parse(output), answer["kind"]?.string == "ExecCredential" else {
      throw failure("did not print an ExecCredential")
    }
    guard answer["apiVersion"]?.string == apiVersion else {
      throw failure("printed another API version than \(apiVersion), which the kubeconfig asks for")
    }
    let status = answer["status"]
    var result = PluginCredential(credential: .none, lifetime: nil)
    result.credential.token = status?["token"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    result.credential.clientCertificate = status?["clientCertificateData"]?.string.map { Array($0.utf8) }
    result.credential.clientKey = status?["clientKeyData"]?.string.map { Array($0.utf8) }
    guard (result.credential.clientCertificate == nil) == (result.credential.clientKey == nil) else {
      throw failure("printed only one of a certificate and its key")
    }
    guard result.credential.token != nil || result.credential.clientCertificate != nil else {
      throw failure("printed neither a token nor a certificate")
    }
    guard result.credential.token?.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) ?? true else {
      throw failure("printed a token that cannot be sent")
    }
    if let text = status?["expirationTimestamp"]?.string {
      guard let expiry = Timestamp(text) else { throw failure("printed an expiry that is no time") }
      result.lifetime = expiry - wallClock()
    }
    return result
  }

  private func executionInfo(for access: ClusterAccess) -> JSONValue {
    var spec: JSONValue = ["interactive": false]
    if providesClusterInfo {
      var cluster: JSONValue = ["server": .string(access.server)]
      if let name = access.tls.serverName { cluster["tls-server-name"] = .string(name) }
      if access.tls.verification == .none { cluster["insecure-skip-tls-verify"] = true }
      if let authority = access.tls.certificateAuthority {
        cluster["certificate-authority-data"] = .string(base64Encoded(authority))
      }
      if let proxy = access.proxy { cluster["proxy-url"] = .string(proxy) }
      if let clusterConfig { cluster["config"] = clusterConfig }
      spec["cluster"] = cluster
    }
    return ["apiVersion": .string(apiVersion), "kind": "ExecCredential", "spec": spec]
  }

  private func failure(_ what: String) -> KubernetesError {
    let hint = installHint.map { ": \($0)" } ?? ": run it by hand to see why"
    return KubernetesError(.configuration, "the credential plugin \(command) \(what)\(hint)")
  }
}

/// What a plugin handed out, and for how long it holds; nil until it is refused.
struct PluginCredential: Sendable {
  var credential: Credential
  var lifetime: Duration?
}

private func wallClock() -> Timestamp {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}
