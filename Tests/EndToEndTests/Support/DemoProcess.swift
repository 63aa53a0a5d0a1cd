import Glibc

/// `zonetop demo --headless` as a process of its own.
struct DemoProcess {
  let program: Program
  let folder: TemporaryFolder
  let port: Int

  var kubeconfig: String { folder.path + "/kubeconfig" }
  var config: String { folder.path + "/config.yaml" }
  var dnsPort: Int { port + 1 }

  /// - Parameter space: the network namespace that it lives in; nil for the one that the tests run in.
  static func start(
    _ extra: [String] = [], environment: [String: String] = [:], in space: NetworkNamespace? = nil,
    patience: Duration = .seconds(60)
  ) async throws -> DemoProcess {
    let folder = try TemporaryFolder()
    let port = try Tools.freePorts()
    let program = try Program(
      (space?.prefix ?? []) + [
        Tools.zonetop, "demo", "--headless", "--listen", "127.0.0.1:\(port)", "--dir", folder.path,
      ] + extra, environment: environment,
      output: folder.path + "/demo.log")
    let demo = DemoProcess(program: program, folder: folder, port: port)
    guard
      await Tools.eventually(within: patience, every: .milliseconds(50), { program.output.contains("\"ready\":true") })
    else {
      await demo.stop()
      throw ProgramError("the demo did not get ready: \(program.output)")
    }
    return demo
  }

  func stop() async {
    program.signal(SIGTERM)
    _ = await program.wait()
    folder.remove()
  }

  func kubectl(_ context: String, _ arguments: String...) async throws -> Finished {
    try await Tools.run(["kubectl", "--kubeconfig", kubeconfig, "--context", context] + arguments)
  }

  /// The lines of `dig +noall +answer`.
  func dig(_ name: String, _ type: String = "A") async throws -> [String] {
    let result = try await Tools.run([
      "dig", "@127.0.0.1", "-p", "\(dnsPort)", name, type, "+noall", "+answer", "+norecurse",
    ])
    return result.output.split(separator: "\n").map {
      $0.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }
  }
}
