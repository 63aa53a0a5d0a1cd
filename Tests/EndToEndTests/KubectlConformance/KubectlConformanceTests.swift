import Glibc
import Testing

/// The same script of kubectl commands against the embedded federation API and a real kube-apiserver: kubectl says the
/// same, or the difference is in the table with its reason.
@Suite struct KubectlConformanceTests {
  private static let folder = "Tests/EndToEndTests/KubectlConformance"

  @Test(
    .enabled(if: RealWorld.canBeHad, "needs kubectl, dig, named, etcd and a kube-apiserver (make beds)"),
    .enabled(if: Tools.environment("ZONETOP_KUBECTL") != nil, "set ZONETOP_KUBECTL: its table is not complete yet"))
  func kubectlCannotTellTheServersApart() async throws {
    guard let bed = try await Bed.start("apiservers", ["1"]) else { return }
    let embedded = try await EmbeddedServer.start()
    do {
      for client in try await Self.clients() { try await Self.compare(client, bed: bed, embedded: embedded) }
    } catch {
      await embedded.stop()
      await bed.stop()
      throw error
    }
    await embedded.stop()
    await bed.stop()
  }

  private struct Client {
    var name: String
    var path: String
  }

  /// The clients of `Tests/Beds/kubectls`; the first alone unless `ZONETOP_KUBECTL_ALL` is set.
  private static func clients() async throws -> [Client] {
    let wantsAll = Tools.environment("ZONETOP_KUBECTL_ALL") != nil
    let listed = try await Tools.run(["Tests/Beds/kubectls"] + (wantsAll ? ["all"] : []))
    let clients = listed.output.split(separator: "\n").compactMap { line -> Client? in
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2, words[1].hasPrefix("/") else {
        print("skipped: \(line)")
        return nil
      }
      return Client(name: words[0], path: words[1])
    }
    #expect(!clients.isEmpty, "Tests/Beds/kubectls found no client: \(listed.output)")
    return wantsAll ? clients : Array(clients.prefix(1))
  }

  private static func compare(_ client: Client, bed: Bed, embedded: EmbeddedServer) async throws {
    let real = "\(bed.folder.path)/federation.kubeconfig"
    let whole = try String(contentsOfFileAt: bed.folder.path + "/kubeconfig")
    try whole.replacing("current-context: c1", with: "current-context: federation-cluster").write(toFileAt: real)
    let outputs = try TemporaryFolder()
    defer { outputs.remove() }
    let script = "\(folder)/kubectl-conformance"
    let first = try Program(
      [script, client.path, real, "\(outputs.path)/real"], output: "\(outputs.path)/real.log")
    let second = try Program(
      [script, client.path, embedded.kubeconfig, "\(outputs.path)/embedded"], output: "\(outputs.path)/embedded.log")
    _ = await first.wait()
    _ = await second.wait()

    let table = ListedDifferences(try String(contentsOfFileAt: "\(folder)/differences.txt"))
    let names = try await Tools.run(["ls", "-tr", "\(outputs.path)/real"]).output.split(separator: "\n")
      .filter { $0.hasSuffix(".out") }
    #expect(names.count >= 60, "the script of \(client.name) took \(names.count) steps: \(second.output)")
    for name in names {
      let step = String(name.dropLast(4))
      let expected = ConformanceOutput(try String(contentsOfFileAt: "\(outputs.path)/real/\(name)"))
      let found = ConformanceOutput((try? String(contentsOfFileAt: "\(outputs.path)/embedded/\(name)")) ?? "nothing")
      let unlisted = ConformanceOutput.differences(expected, found).filter { !table.contains($0, of: step) }
      #expect(unlisted.isEmpty, "\(client.name), \(step):\n\(unlisted.joined(separator: "\n"))")
    }
  }
}
