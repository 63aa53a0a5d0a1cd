import HTTPTransport
import JSON
import Testing

@testable import Kubernetes

@Suite struct KubeconfigTests {
  private static let pem = "LS0tLS1CRUdJTiBYLS0tLS0K"  // -----BEGIN X-----

  private func config(_ texts: String...) throws -> Kubeconfig {
    var config = Kubeconfig()
    for (index, text) in texts.enumerated() { try config.add(text, path: "/k/\(index + 1).yaml") }
    return config
  }

  private static let whole = """
    kind: Config
    current-context: one
    clusters:
    - name: c
      cluster: {server: "https://h:6443/path/", certificate-authority-data: \(pem), tls-server-name: inner, proxy-url: "socks5://p:1080"}
    contexts:
    - {name: one, context: {cluster: c, user: u, namespace: team}}
    users:
    - {name: u, user: {token: tok, as: jane, as-groups: [g1]}}
    """

  @Test func `reads where, whom to trust and who to be`() async throws {
    let access = try await config(Self.whole).access(context: nil)
    #expect(access.server == "https://h:6443/path")
    #expect(access.tls.certificateAuthority == Array("-----BEGIN X-----\n".utf8))
    #expect(access.tls.serverName == "inner")
    #expect(access.proxy == "socks5://p:1080")
    #expect(access.namespace == "team")
    #expect(access.impersonation == [HTTPHeader("Impersonate-User", "jane"), HTTPHeader("Impersonate-Group", "g1")])
    guard case .token("tok") = access.credential else { return #expect(Bool(false), "\(access.credential)") }
  }

  @Test func `of several files the first that has a name wins`() async throws {
    let second = """
      current-context: two
      clusters:
      - {name: c, cluster: {server: "https://wrong"}}
      - {name: d, cluster: {server: "http://d:8080"}}
      contexts:
      - {name: two, context: {cluster: d, user: ""}}
      """
    let merged = try config(Self.whole, second)
    #expect(merged.currentContext == "one")
    #expect(merged.contextNames == ["one", "two"])
    #expect(try await merged.access(context: "one").server == "https://h:6443/path")
    #expect(try await merged.access(context: "two").server == "http://d:8080")
  }

  @Test func `a plugin's entry is read whole`() async throws {
    let text = """
      clusters:
      - name: c
        cluster:
          server: https://h
          extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: a, n: 3}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      users:
      - name: u
        user:
          exec:
            apiVersion: client.authentication.k8s.io/v1
            command: ./bin/login
            args: [get, token]
            env: [{name: A, value: b}]
            installHint: install it
            provideClusterInfo: true
            interactiveMode: Never
      """
    guard case .exec(let plugin) = try await config(text).access(context: "x").credential else {
      return #expect(Bool(false), "no plugin")
    }
    #expect(
      plugin
        == ExecPlugin(
          apiVersion: "client.authentication.k8s.io/v1", command: "/k/./bin/login", arguments: ["get", "token"],
          environment: ["A": "b"], providesClusterInfo: true, installHint: "install it",
          clusterConfig: ["audience": "a", "n": 3]))
  }

  @Test(
    arguments: [
      ("server: \"https://h:6443/path/\"", "server: ftp://h", "/k/1.yaml:5:", "URL"),
      ("certificate-authority-data: \(pem)", "certificate-authority-data: '!!'", "/k/1.yaml:5:", "base64"),
      ("certificate-authority-data: \(pem)", "certificate-authority: none.crt", "/k/1.yaml:5:", "/k/none.crt"),
      ("certificate-authority-data: \(pem)", "certificate-authority-data: aGFsbG8=", "/k/1.yaml:5:", "PEM"),
      ("cluster: c,", "cluster: nowhere,", "/k/1.yaml:7:", "not defined"),
      ("user: u,", "user: nobody,", "/k/1.yaml:7:", "not defined"),
      ("token: tok", "username: secret, password: secret", "/k/1.yaml:9:", "token"),
      ("token: tok", "client-key-data: \(pem)", "/k/1.yaml:9:", "belong together"),
      ("token: tok", "exec: {apiVersion: v9, command: x}", "/k/1.yaml:9:", "client.authentication.k8s.io/v1"),
      ("proxy-url: \"socks5://p:1080\"", "insecure-skip-tls-verify: true", "/k/1.yaml:5:", "exclude"),
      ("proxy-url: \"socks5://p:1080\"", "proxy-url: \"ftp://x\"", "/k/1.yaml:5:", "proxy-url"),
      ("current-context: one", "current-context: three", "/k/1.yaml", "three"),
      ("current-context: one", "", "/k/1.yaml", "--context"),
    ] as [(String, String, String, String)])
  func `what is broken is one line with its place`(
    old: String, new: String, place: String, word: String
  ) async throws {
    let parts = Self.whole.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let broken = try config(parts.joined(separator: new))
    let error = await #expect(throws: KubernetesError.self) { try await broken.access(context: nil) }
    let message = error?.message ?? ""
    #expect(message.hasPrefix(place), "\(message)")
    #expect(message.contains(word), "\(message)")
    #expect(!message.contains("secret") && !message.contains("\n"), "\(message)")
  }

  @Test func `a file that is no kubeconfig is refused with its place`() {
    #expect(throws: KubernetesError.self) { try config("kind: Pod") }
    #expect(throws: KubernetesError.self) { try config("a: [") }
  }

  @Test func `no file at all says so`() async throws {
    let none = try await Kubeconfig.load(explicit: nil, environment: ["HOME": "/nonexistent"])
    let error = await #expect(throws: KubernetesError.self) { try await none.access(context: nil) }
    #expect(error?.message.contains("no kubeconfig was found") == true)
    await #expect(throws: KubernetesError.self) {
      try await Kubeconfig.load(explicit: "/nonexistent/config", environment: [:])
    }
  }
}
