import JSON
import Testing

@testable import Kubernetes

@Suite struct ExecPluginTests {
  private static let access = ClusterAccess(server: "https://h")

  private func plugin(_ script: String, timeout: Duration = .seconds(20)) -> ExecPlugin {
    ExecPlugin(
      apiVersion: "client.authentication.k8s.io/v1", command: "sh", arguments: ["-c", script],
      environment: ["EXTRA": "from-config"], providesClusterInfo: true, installHint: "apt install it", timeout: timeout)
  }

  @Test func `it hands out a token, and is told of the cluster`() async throws {
    let script = """
      printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s-%s"}}' \
      "$EXTRA" "$(printf %s "$KUBERNETES_EXEC_INFO" | grep -c '"server":"https://h"')"
      """
    let result = try await plugin(script).run(for: Self.access).get()
    #expect(result.credential.token == "from-config-1")
    #expect(result.lifetime == nil)
  }

  @Test(
    arguments: [
      ("exit 3", "ended"), ("echo secret", "did not print"),
      (#"echo '{"apiVersion":"x/v1","kind":"ExecCredential","status":{"token":"secret"}}'"#, "another API version"),
      (
        #"echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{}}'"#, "neither"
      ),
    ] as [(String, String)])
  func `what goes wrong is one line with the hint, and without its output`(script: String, word: String) async {
    let result = await plugin(script).run(for: Self.access)
    let error = #expect(throws: KubernetesError.self) { try result.get() }
    let message = error?.message ?? ""
    #expect(message.contains(word) && message.hasSuffix("apt install it"), "\(message)")
    #expect(!message.contains("secret"))
  }

  @Test func `a missing or stuck program is found out`() async {
    var missing = plugin("")
    missing.command = "zonetop-no-such-program"
    for plugin in [missing, plugin("sleep 60", timeout: .milliseconds(200))] {
      let result = await plugin.run(for: Self.access)
      #expect(throws: KubernetesError.self) { try result.get() }
    }
  }
}
