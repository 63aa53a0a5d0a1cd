import Glibc

/// `zonetop apiserver` as a process of its own, with an empty store.
struct EmbeddedServer {
  let program: Program
  let folder: TemporaryFolder

  /// The administrator's.
  var kubeconfig: String { folder.path + "/admin.kubeconfig" }

  static func start() async throws -> EmbeddedServer {
    let folder = try TemporaryFolder()
    let program = try Program(
      [
        Tools.zonetop, "apiserver", "--listen", "127.0.0.1:0", "--store", folder.path + "/store.sqlite",
        "--kubeconfig-dir", folder.path,
      ], output: folder.path + "/log")
    let server = EmbeddedServer(program: program, folder: folder)
    guard
      await Tools.eventually(
        within: .seconds(30), { access(server.kubeconfig, R_OK) == 0 && program.output.contains("{") })
    else {
      await server.stop()
      throw ProgramError("zonetop apiserver did not get ready: \(program.output)")
    }
    return server
  }

  func stop() async {
    program.signal(SIGTERM)
    _ = await program.wait()
    folder.remove()
  }
}
