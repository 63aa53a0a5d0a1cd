import Glibc
import Testing

/// Propagation, joining and refusals between real API servers.
@Suite(
  "Propagation between real API servers", .serialized,
  .enabled(if: RealWorld.canBeHad, "needs kube-apiserver, etcd, named, dig and kubectl"))
struct RealPropagationTests {
  private static let manifest = """
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "mynamespace", "labels": {"run": "web"}},
     "spec": {"type": "LoadBalancer", "selector": {"run": "web"},
      "ports": [{"name": "http", "port": 80}, {"name": "https", "port": 443}]}}
    """

  @Test("Adopts, creates, retains, repairs, isolates a quota, and makes no call when all is well")
  func wholeLine() async throws {
    guard let world = try await RealWorld.start() else { return }
    do { try await walk(world) } catch { Issue.record(error, "\(world.controllerLog)") }
    await world.stop()
  }

  private func walk(_ world: RealWorld) async throws {
    let before = try await field(world, "c1", "nginx", "{.spec.clusterIP} {.spec.ports[0].nodePort}")
    // c2 takes no further Services; what a quota's controller would note is written by hand.
    let quota = world.bind.folder.path + "/quota.json"
    try """
    {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "few", "namespace": "mynamespace"},
     "spec": {"hard": {"services": "1"}}, "status": {"hard": {"services": "1"}, "used": {"services": "1"}}}
    """.write(toFileAt: quota)
    try await world.kubectl("c2", ["create", "-f", quota])
    try await world.kubectl(
      "c2", ["replace", "--raw", "/api/v1/namespaces/mynamespace/resourcequotas/few/status", "-f", quota])
    try await world.startController()
    try await adopted(world, before)
    let file = world.bind.folder.path + "/web.json"
    try Self.manifest.write(toFileAt: file)
    try await world.kubectl("federation-cluster", ["create", "-f", file])
    for cluster in ["c1", "c3"] {
      #expect(await eventually { try await field(world, cluster, "web", "{.spec.type}") == "LoadBalancer" })
    }
    try await refused(world)
    try await retained(world)
    try await quiet(world)
    try await world.kubectl("c2", ["-n", "mynamespace", "delete", "quota", "few"])
    #expect(
      await eventually(within: .seconds(60)) { try await field(world, "c2", "web", "{.spec.type}") == "LoadBalancer" })
    try await world.kubectl("federation-cluster", ["-n", "mynamespace", "delete", "service", "web", "--timeout=60s"])
    for cluster in ["c1", "c2", "c3"] {
      #expect(await eventually { try await field(world, cluster, "web", "{.spec.type}") == nil })
    }
  }

  private func adopted(_ world: RealWorld, _ before: String?) async throws {
    for cluster in ["c1", "c2", "c3"] {
      #expect(
        await eventually {
          try await field(world, cluster, "nginx", "{.metadata.labels.federation\\.zonetop\\.dev/managed}")
            == "myfederation"
        }, "\(cluster): \(world.controllerLog)")
    }
    #expect(try await field(world, "c1", "nginx", "{.spec.clusterIP} {.spec.ports[0].nodePort}") == before)
    #expect(
      await eventually {
        try await field(world, "federation-cluster", "nginx", "{.status.loadBalancer.ingress[*].ip}")
          == "192.0.2.1 192.0.2.2 192.0.2.3"
      })
  }

  /// The one cluster that refuses is told about, and only that one.
  private func refused(_ world: RealWorld) async throws {
    #expect(
      await eventually {
        let described = try await world.output(
          "federation-cluster", ["-n", "mynamespace", "describe", "service", "web"])
        return described.contains("ShardQuotaExceeded") && described.contains("c2")
      })
    #expect(
      await eventually {
        let status = try await world.zonetop("status", "mynamespace/web").output
        return status.contains("refused  c2") && status.contains("exceeded quota")
      })
  }

  private func retained(_ world: RealWorld) async throws {
    let ports = "{.spec.ports[?(@.port==80)].nodePort} {.spec.ports[?(@.port==443)].nodePort}"
    let before = try await field(world, "c1", "web", ports)
    // The other order, and another name: node ports stay with port and protocol.
    try await world.kubectl(
      "federation-cluster",
      [
        "-n", "mynamespace", "patch", "service", "web", "--type=json", "-p",
        """
        [{"op": "replace", "path": "/spec/ports", "value": [{"name": "tls", "port": 443}, {"name": "plain", "port": 80}]}]
        """,
      ])
    #expect(await eventually { try await field(world, "c1", "web", "{.spec.ports[0].name}") == "tls" })
    #expect(try await field(world, "c1", "web", ports) == before)
    try await world.kubectl(
      "c1", ["-n", "mynamespace", "patch", "service", "web", "-p", "{\"spec\":{\"selector\":{\"run\":\"other\"}}}"])
    #expect(await eventually { try await field(world, "c1", "web", "{.spec.selector.run}") == "web" })
  }

  /// With everything as it should be nothing is written, through API defaulting and a restart.
  private func quiet(_ world: RealWorld) async throws {
    func versions() async throws -> [String?] {
      var found: [String?] = []
      for cluster in ["c1", "c3"] {
        found.append(try await field(world, cluster, "web", "{.metadata.resourceVersion}"))
      }
      return found
    }
    let before = try await versions()
    try await world.killController()
    try await world.startController()
    try await Task.sleep(for: .seconds(4))
    #expect(try await versions() == before)
  }

  @Test("Joins with the least rights that suffice, refuses what cannot work, and lets a cluster go")
  func join() async throws {
    guard let world = try await RealWorld.start() else { return }
    do { try await walkJoining(world) } catch { Issue.record(error, "\(world.controllerLog)") }
    await world.stop()
  }

  private func walkJoining(_ world: RealWorld) async throws {
    try await world.kubectl("federation-cluster", ["apply", "-f", "Deploy/crds/clusters.yaml"])
    try String(contentsOfFileAt: world.config).replacing("  - { context: c3, region: r2, zones: [c3-a] }\n", with: "")
      .write(toFileAt: world.config)
    try await world.startController()
    let none = try await world.zonetop("clusters", "join", "watcher-c3", "--name", "third")
    #expect(none.code == 1)
    #expect(
      none.output.contains("may not list services") && none.output.split(separator: "\n").count == 1, "\(none.output)")
    try await world.kubectl("c3", ["apply", "-f", "Deploy/rbac/member-cluster.yaml"])
    try await world.kubectl(
      "c3", ["create", "clusterrolebinding", "watcher", "--clusterrole=zonetop-member", "--user=watcher"])
    let joined = try await world.zonetop(
      "clusters", "join", "watcher-c3", "--name", "third", "--region", "r2", "--zones", "c3-a")
    #expect(joined.code == 0, "\(joined.output)")
    #expect(!joined.output.contains("watcher-token"))
    #expect(await world.eventually("nginx.mynamespace.myfederation.svc.c3-a.example.com", is: ["192.0.2.3"]))
    #expect(
      await eventually {
        try await world.output("federation-cluster", ["get", "cluster", "third", "--no-headers"]).contains("True")
      })
    // With these rights alone it is kept.
    #expect(
      await eventually {
        try await field(world, "c3", "nginx", "{.metadata.labels.federation\\.zonetop\\.dev/managed}") == "myfederation"
      })
    let twice = try await world.zonetop("clusters", "join", "c3", "--name", "again")
    #expect(twice.code == 1)
    #expect(twice.output.contains("joined already"), "\(twice.output)")
    for text in [
      world.controllerLog, try await world.zonetop("clusters", "-o", "json").output,
      try await world.output("federation-cluster", ["get", "clusters", "-o", "json"]),
    ] {
      #expect(!text.contains("watcher-token"))
    }
    let left = try await world.zonetop("clusters", "unjoin", "third", "--orphan")
    // A third of all addresses is more than mass-change lets go unasked.
    #expect(left.output.contains("leaving") || left.output.contains("left"), "\(left.output)")
  }

  // MARK: Helpers

  private func eventually(within limit: Duration = .seconds(30), _ condition: () async throws -> Bool) async -> Bool {
    (try? await Tools.eventually(within: limit, every: .milliseconds(200), condition)) ?? false
  }

  private func field(_ world: RealWorld, _ context: String, _ service: String, _ path: String) async throws -> String? {
    let result = try await Tools.run([
      "kubectl", "--kubeconfig", world.kubeconfig, "--context", context, "-n", "mynamespace", "get", "service", service,
      "-o", "jsonpath=\(path)",
    ])
    return result.code == 0 ? result.output : nil
  }
}
