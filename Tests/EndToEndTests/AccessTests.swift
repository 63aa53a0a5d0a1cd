import Glibc
import Testing

/// `zonetop apiserver` as people with different rights meet it.
@Suite("Access to the embedded API", .serialized, .enabled(if: Tools.has("kubectl"), "needs kubectl"))
struct AccessTests {
  /// A served store, and kubectl with the kubeconfig of a role.
  private struct Served {
    let program: Program
    let folder: TemporaryFolder

    static func start(in folder: TemporaryFolder, port: Int) async throws -> Served {
      let program = try Program(
        [
          Tools.zonetop, "apiserver", "--listen", "127.0.0.1:\(port)", "--store", "\(folder.path)/federation.sqlite",
          "--kubeconfig-dir", "\(folder.path)/people",
        ], output: folder.path + "/apiserver.log")
      let served = Served(program: program, folder: folder)
      guard await Tools.eventually(within: .seconds(60), { program.output.contains("\"ready\":true") }) else {
        await served.stop()
        throw ProgramError("the server did not get ready: \(program.output)")
      }
      return served
    }

    @discardableResult
    func stop() async -> Int32 {
      program.signal(SIGTERM)
      return await program.wait()
    }

    func kubectl(_ role: String, _ arguments: String...) async throws -> Finished {
      try await Tools.run(["kubectl", "--kubeconfig", "\(folder.path)/people/\(role).kubeconfig"] + arguments)
    }
  }

  @Test("Each role may do what it is for, says kubectl, and a restart keeps keys and objects")
  func roles() async throws {
    let folder = try TemporaryFolder()
    let port = try Tools.freePorts()
    let served = try await Served.start(in: folder, port: port)
    for (role, creates, cordons) in [("admin", "yes", "yes"), ("operator", "no", "yes"), ("viewer", "no", "no")] {
      let identity = try await served.kubectl(role, "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}")
      #expect(identity.output == "zonetop:\(role)")
      #expect(try await served.kubectl(role, "auth", "can-i", "create", "services").output.contains(creates))
      #expect(try await served.kubectl(role, "auth", "can-i", "delete", "cordons").output.contains(cordons))
      #expect(try await served.kubectl(role, "get", "namespaces").code == 0)
    }
    #expect(try await served.kubectl("admin", "create", "namespace", "kept").code == 0)
    let refused = try await served.kubectl("viewer", "-n", "kept", "create", "service", "clusterip", "x", "--tcp=80")
    #expect(refused.code == 1)
    let words =
      "User \"zonetop:viewer\" cannot create resource \"services\" in API group \"\" in the namespace \"kept\""
    #expect(refused.output.contains(words), "\(refused.output)")
    let keys = try String(contentsOfFileAt: folder.path + "/people/viewer.kubeconfig")
    #expect(await served.stop() == 0)

    let again = try await Served.start(in: folder, port: port)
    #expect(try String(contentsOfFileAt: folder.path + "/people/viewer.kubeconfig") == keys)
    #expect(try await again.kubectl("viewer", "get", "namespace", "kept").code == 0)
    #expect(await again.stop() == 0)
    folder.remove()
  }

  @Test("Nothing that is secret can be read by others, nor is it printed")
  func secrets() async throws {
    let folder = try TemporaryFolder()
    let served = try await Served.start(in: folder, port: 0)
    let listed = try await Tools.run([
      "find", folder.path + "/federation.sqlite.pki", folder.path + "/people", "-perm", "/077",
    ])
    #expect(listed.output.isEmpty, "\(listed.output)")
    let made = try await Tools.run([
      Tools.zonetop, "apiserver", "token", "create", "--store", folder.path + "/federation.sqlite", "--user", "alice",
      "--group", "zonetop:viewers",
    ])
    #expect(made.output.hasPrefix("zt-"))
    let kept = try String(contentsOfFileAt: folder.path + "/federation.sqlite.pki/tokens.csv")
    #expect(!kept.contains(made.output.dropFirst(3).dropLast()))
    #expect(!served.program.output.contains("PRIVATE"))
    let authority = try await Tools.run(["grep", "-rl", "PRIVATE KEY", folder.path + "/federation.sqlite.pki/ca.crt"])
    #expect(authority.code == 1, "the authority's certificate carries its key")
    // A file that others can read is not used: who knows what they read.
    chmod(folder.path + "/federation.sqlite.pki/ca.pem", 0o644)
    await served.stop()
    let open = try await Tools.run([
      Tools.zonetop, "apiserver", "--listen", "127.0.0.1:0", "--store", folder.path + "/federation.sqlite",
    ])
    #expect(open.code == 1)
    #expect(open.output.contains("can be read by others"), "\(open.output)")
    folder.remove()
  }

  @Test("A configuration with an embedded API: the commands say when it is not there, and the controller brings it up")
  func embedded() async throws {
    let folder = try TemporaryFolder()
    let port = try Tools.freePorts()
    let config = folder.path + "/config.yaml"
    try """
    federation: { name: myfederation, domain: example.com }
    api: { embedded: { listen: "127.0.0.1:\(port)", store: federation.sqlite } }
    dns: { provider: rfc2136, rfc2136: { servers: ["127.0.0.1:1"], zone: example.com }, nameServers: ["127.0.0.1:1"] }

    """.write(toFileAt: config)
    let alone = try await Tools.run([Tools.zonetop, "status", "--config", config])
    #expect(alone.code == 5)
    #expect(alone.output.contains("start `zonetop apiserver` or `zonetop controller`"), "\(alone.output)")
    let controller = try Program(
      [Tools.zonetop, "controller", "--config", config], output: folder.path + "/controller.log")
    let kubeconfig = folder.path + "/federation.sqlite.pki/admin.kubeconfig"
    let isUp = try await Tools.eventually(within: .seconds(30)) {
      try await Tools.run(["kubectl", "--kubeconfig", kubeconfig, "get", "namespace", "zonetop-system"]).code == 0
    }
    #expect(isUp, "\(controller.output)")
    controller.signal(SIGTERM)
    #expect(await controller.wait() == 0)
    folder.remove()
  }
}
