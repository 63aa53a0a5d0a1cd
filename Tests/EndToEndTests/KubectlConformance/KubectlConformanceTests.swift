import Glibc
import Testing

/// The same script of kubectl commands against the embedded federation API and a real kube-apiserver: kubectl says the
/// same, or the difference is in the table with its reason.
///
/// With the installed client alone, or with `ZONETOP_KUBECTL_ALL` (`make soak`) with all of `Tests/Beds/kubectls`, each
/// against servers of its own.
@Suite struct KubectlConformanceTests {
  private static let folder = "Tests/EndToEndTests/KubectlConformance"
  private static let wantsAll = Tools.environment("ZONETOP_KUBECTL_ALL") != nil

  private struct Client {
    var name: String
    var path: String
  }

  @Test(.enabled(if: RealWorld.canBeHad, "needs kubectl, dig, named, etcd and a kube-apiserver (make beds)"))
  func kubectlCannotTellTheServersApart() async throws {
    var table = try ListedDifferences(try String(contentsOfFileAt: "\(Self.folder)/differences.txt"))
    for client in try await Self.clients() {
      guard let bed = try await Bed.start("apiservers", ["1"]) else { return }
      do {
        let embedded = try await EmbeddedServer.start()
        do {
          try await Self.compare(client, bed: bed, embedded: embedded, table: &table)
        } catch {
          await embedded.stop()
          throw error
        }
        await embedded.stop()
      } catch {
        await bed.stop()
        throw error
      }
      await bed.stop()
    }
    if Self.wantsAll { #expect(table.unused.isEmpty, "listed differences that are none any longer") }
  }

  private static func clients() async throws -> [Client] {
    let listed = try await Tools.run(["Tests/Beds/kubectls"] + (wantsAll ? ["all"] : []))
    let clients = listed.output.split(separator: "\n").compactMap { line -> Client? in
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2, words[1].hasPrefix("/") else {
        print("skipped: \(line)")
        return nil
      }
      return Client(name: words[0], path: words[1])
    }
    try #require(!clients.isEmpty, "Tests/Beds/kubectls found no client: \(listed.output)")
    return wantsAll ? clients : Array(clients.prefix(1))
  }

  private static func compare(
    _ client: Client, bed: Bed, embedded: EmbeddedServer, table: inout ListedDifferences
  ) async throws {
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

    let names = try await Tools.run(["ls", "-tr", "\(outputs.path)/real"]).output.split(separator: "\n")
      .filter { $0.hasSuffix(".out") }
    #expect(names.count >= 200, "the script of \(client.name) took \(names.count) steps: \(second.output)")
    var identical = 0
    var listed = 0
    for name in names {
      let step = String(name.dropLast(4))
      let expected = ConformanceOutput(try String(contentsOfFileAt: "\(outputs.path)/real/\(name)"), of: step)
      let found = ConformanceOutput(
        (try? String(contentsOfFileAt: "\(outputs.path)/embedded/\(name)")) ?? "nothing", of: step)
      let differences = ConformanceOutput.differences(expected, found)
      let unlisted = differences.filter { !table.contains($0, of: step) }
      if differences.isEmpty { identical += 1 } else if unlisted.isEmpty { listed += 1 }
      #expect(unlisted.isEmpty, "\(client.name), \(step):\n\(unlisted.joined(separator: "\n"))")
    }
    // A server that answers nothing at all would differ in the same way in every step.
    #expect(identical > names.count / 2)
    print("kubectl \(client.name): of \(names.count) steps \(identical) identical, \(listed) with listed differences")
  }
}
