import Glibc
import Testing

@Suite("Aliases, on a demo", .serialized, .enabled(if: Tools.has("dig"), "dig is needed"))
struct AliasDemoTests {
  private let chain = [
    "eu.nginx.example.com. 180 IN CNAME nginx.mynamespace.myfederation.svc.europe-west1.example.com.",
    "nginx.mynamespace.myfederation.svc.europe-west1.example.com. 180 IN CNAME nginx.mynamespace.myfederation.svc.example.com.",
  ]

  private func zonetop(_ demo: DemoProcess, _ arguments: String...) async throws -> Finished {
    try await Tools.run(
      [Tools.zonetop] + arguments + ["--config", demo.config, "--kubeconfig", demo.kubeconfig],
      environment: ["XDG_STATE_HOME": demo.folder.path + "/other.state"])
  }

  @Test("dig, trace, records and status show what the configuration declares")
  func declared() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/own.yaml"
    let text = """
      federation: { name: myfederation, domain: example.com }
      api: { context: federation-cluster }
      dns: { provider: embedded }
      aliases:
        - { name: eu.nginx.example.com, target: { service: mynamespace/nginx, region: europe-west1 } }
        - { name: no.nginx.example.com, target: { service: mynamespace/nginx, region: atlantis } }

      """
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
    let demo = try await DemoProcess.start(["--config", path])
    #expect(try await Tools.eventually(within: .seconds(20)) { try await demo.dig("eu.nginx.example.com").count > 2 })
    #expect(Array(try await demo.dig("eu.nginx.example.com").prefix(2)) == chain)
    #expect(try await demo.dig("no.nginx.example.com").isEmpty)

    let traced = try await zonetop(demo, "trace", "eu.nginx.example.com")
    #expect(traced.code == 0 && traced.output.contains("104.197.247.191"), "\(traced.output)")
    let records = try await zonetop(demo, "records")
    let rows = records.output.split(separator: "\n")
    #expect(
      rows.contains { $0.hasPrefix("eu.nginx.example.com") && $0.contains("myfederation") && $0.hasSuffix("none") },
      "\(records.output)")
    #expect(
      rows.contains { $0.hasPrefix("no.nginx.example.com") && $0.contains("missing: no-dangling") }, "\(records.output)"
    )
    let status = try await zonetop(demo, "status", "--check")
    #expect(status.code == 3)
    #expect(status.output.contains("alias no.nginx.example.com"), "\(status.output)")
    #expect(!status.output.contains("alias eu.nginx.example.com"), "\(status.output)")
    await demo.stop()
    folder.remove()
  }
}
