import Glibc
import Testing

/// What the original document's reader does, with kubectl: one create at the federation API, thirteen services.
@Suite("Propagation in the demo", .serialized, .enabled(if: Tools.has("kubectl"), "needs kubectl"))
struct PropagationTests {
  private static let manifest = """
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "mynamespace", "labels": {"run": "web"}},
     "spec": {"type": "LoadBalancer", "selector": {"app": "nginx"}, "ports": [{"name": "http", "port": 80}]}}
    """

  @Test("delete --cascade=orphan takes the names and leaves the 13 services, without marks")
  func orphan() async throws {
    let demo = try await DemoProcess.start()
    let file = demo.folder.path + "/web.json"
    try Self.manifest.write(toFileAt: file)
    #expect(try await demo.kubectl("federation-cluster", "create", "-f", file).code == 0)
    let name = "web.mynamespace.myfederation.svc.us-central1-a.example.com"
    #expect(
      try await Tools.eventually(within: .seconds(20), every: .milliseconds(100)) {
        !(try await demo.dig(name)).isEmpty
      })
    let deleted = try await demo.kubectl(
      "federation-cluster", "-n", "mynamespace", "delete", "service", "web", "--cascade=orphan", "--timeout=30s")
    #expect(deleted.code == 0, "\(deleted.output)")
    #expect(try await demo.dig(name).isEmpty)
    for cluster in ["us-central1-a", "asia-east1-b", "europe-west1-d"] {
      let left = try await demo.kubectl(cluster, "-n", "mynamespace", "get", "service", "web", "-o", "json")
      #expect(left.code == 0 && !left.output.contains("federation.zonetop.dev"), "\(left.output)")
    }
    await demo.stop()
  }

  @Test("create makes 13 services, describe lists 13 addresses, delete takes them all")
  func createDescribeDelete() async throws {
    let demo = try await DemoProcess.start()
    let file = demo.folder.path + "/web.json"
    try Self.manifest.write(toFileAt: file)
    let created = try await demo.kubectl("federation-cluster", "create", "-f", file)
    #expect(created.code == 0, "\(created.output)")
    let listed = await Tools.eventually(within: .seconds(20), every: .milliseconds(200)) {
      let ingress = try? await demo.kubectl(
        "federation-cluster", "-n", "mynamespace", "get", "service", "web", "-o",
        "jsonpath={.status.loadBalancer.ingress[*].ip}")
      return ingress?.output.split(separator: " ").count == 13
    }
    #expect(listed)
    let described = try await demo.kubectl("federation-cluster", "-n", "mynamespace", "describe", "services", "web")
    let line = described.output.split(separator: "\n").first { $0.hasPrefix("LoadBalancer Ingress:") } ?? ""
    #expect(line.split(separator: ",").count == 13, "\(described.output)")
    for cluster in ["us-central1-a", "asia-east1-b", "europe-west1-d"] {
      let shard = try await demo.kubectl(cluster, "-n", "mynamespace", "get", "service", "web", "-o", "name")
      #expect(shard.output == "service/web\n")
    }
    // Its pods are nginx's, so that its names follow theirs.
    let served = await Tools.eventually(within: .seconds(20), every: .milliseconds(100)) {
      ((try? await demo.dig("web.mynamespace.myfederation.svc.us-central1-a.example.com")) ?? []).count == 1
    }
    #expect(served)
    let areListed = await Tools.eventually(within: .seconds(20), every: .milliseconds(200)) {
      let clusters = try? await demo.kubectl("federation-cluster", "get", "clusters", "--no-headers")
      return clusters?.output.split(separator: "\n").count == 13
    }
    #expect(areListed)
    let deleted = try await demo.kubectl("federation-cluster", "-n", "mynamespace", "delete", "service", "web")
    #expect(deleted.code == 0, "\(deleted.output)")
    let gone = try await demo.kubectl("us-central1-a", "-n", "mynamespace", "get", "service", "web")
    #expect(gone.code != 0)
    #expect(try await demo.dig("web.mynamespace.myfederation.svc.example.com").isEmpty)
    await demo.stop()
  }
}
