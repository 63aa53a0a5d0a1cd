import Testing

/// What `zonetop clusters init` makes of a real API server is enough for a controller that has nothing but its role.
@Suite(
  "The federation's roles at a real API server", .serialized,
  .enabled(if: RealWorld.canBeHad, "needs kube-apiserver, etcd, named, dig and kubectl"))
struct FederationRolesTests {
  @Test("init makes kinds and roles once; a controller with its own role alone leads, publishes, takes in and lets go")
  func leastPrivilege() async throws {
    guard let world = try await RealWorld.start() else { return }
    do { try await walk(world) } catch { Issue.record(error, "\(world.controllerLog)") }
    await world.stop()
  }

  private func walk(_ world: RealWorld) async throws {
    try await world.kubectl("federation-cluster", ["delete", "crd", "--all"])
    let made = try await world.zonetop("clusters", "init", "--context", "federation-cluster")
    #expect(made.code == 0 && made.output.contains("clusters.federation.zonetop.dev created"), "\(made.output)")
    let again = try await world.zonetop("clusters", "init", "--context", "federation-cluster")
    #expect(again.code == 0 && !again.output.contains(" created"), "\(again.output)")
    let denied = try await world.zonetop("clusters", "init", "--context", "watcher-federation-cluster")
    #expect(denied.code == 1 && denied.output.contains("by an administrator"), "\(denied.output)")

    let role = ["zonetop-controller", "--user=watcher"]
    try await world.kubectl("federation-cluster", ["create", "clusterrolebinding", "me", "--clusterrole"] + role)
    try await world.kubectl(
      "federation-cluster", ["-n", "zonetop-system", "create", "rolebinding", "me", "--role"] + role)
    let text = try String(contentsOfFileAt: world.config)
    try text.replacing("  - { context: c3, region: r2, zones: [c3-a] }\n", with: "").write(toFileAt: world.config)
    let administrator = world.bind.folder.path + "/administrator.yaml"
    try String(contentsOfFileAt: world.config).write(toFileAt: administrator)
    try String(contentsOfFileAt: world.config)
      .replacing("api: { context: federation-cluster }", with: "api: { context: watcher-federation-cluster }")
      .write(toFileAt: world.config)
    try await world.startController()
    let name = "nginx.mynamespace.myfederation.svc.example.com"
    #expect(await world.eventually(name, is: ["192.0.2.1", "192.0.2.2"]))
    func asAdministrator(_ arguments: String...) async throws -> Finished {
      try await Tools.run([Tools.zonetop] + arguments + ["--config", administrator, "--kubeconfig", world.kubeconfig])
    }
    #expect(try await asAdministrator("clusters", "join", "c3", "--region", "r2", "--zones", "c3-a").code == 0)
    #expect(await world.eventually(name, is: ["192.0.2.1", "192.0.2.2", "192.0.2.3"]))
    #expect(
      try await Tools.eventually(within: .seconds(20), every: .milliseconds(300)) {
        try await world.output("federation-cluster", ["-n", "mynamespace", "describe", "service", "nginx"])
          .contains("PublishedNames")
      })
    let history = try await asAdministrator("history").output
    #expect(history.contains("lease acquired, term 1") && history.contains("joined the federation"), "\(history)")
    // Half of the addresses may not go unasked, so that the rule is overridden by name; then it leaves to the end.
    let drained = try await asAdministrator(
      "drain", "cluster/c3", "--reason", "leaves", "--for", "10m", "--yes", "--no-wait", "--override", "mass-change")
    #expect(drained.code == 0, "\(drained.output)")
    let left = try await asAdministrator("clusters", "unjoin", "c3")
    #expect(left.code == 0 && left.output.contains("c3 left the federation"), "\(left.output)")
    #expect(await world.eventually(name, is: ["192.0.2.1", "192.0.2.2"]))
    let shard = try await world.output("c3", ["-n", "mynamespace", "get", "service", "nginx", "-o", "json"])
    #expect(
      shard.contains("192.0.2.3") && !shard.contains("federation.zonetop.dev"), "\(shard)\n\(world.controllerLog)")
    // As a word: the fraction of a second in a line's time may hold these digits too.
    #expect(!world.controllerLog.contains(#/\b403\b|[Ff]orbidden/#), "\(world.controllerLog)")
  }
}
