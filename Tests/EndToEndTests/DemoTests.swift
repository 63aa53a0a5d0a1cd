import DNS
import Federation
import Foundation
import Testing

/// The demo as a stranger meets it: a process, kubectl and dig.
@Suite("The demo", .serialized, .enabled(if: Tools.has("kubectl") && Tools.has("dig"), "needs kubectl and dig"))
struct DemoTests {
  private let base = "nginx.mynamespace.myfederation.svc"
  private let zones = SeedTable.zones
  private let healthy = SeedTable.healthy

  @Test("dig gives the seed table")
  func seedTable() async throws {
    let demo = try await DemoProcess.start()
    for zone in zones {
      let name = "\(base).\(zone).example.com."
      let lines = try await demo.dig(name)
      if let address = healthy[zone] {
        #expect(lines == ["\(name) 180 IN A \(address)"])
      } else {
        let region = zone.dropLast(2)
        #expect(lines.first == "\(name) 180 IN CNAME \(base).\(region).example.com.")
        #expect(lines.count > 1, "the chain of \(zone) ends in no address")
      }
    }
    #expect(
      Set(try await demo.dig("\(base).asia-east1.example.com").map { String($0.split(separator: " ")[4]) }) == [
        "130.211.57.243", "130.211.56.221",
      ])
    #expect(
      try await demo.dig("\(base).europe-west1.example.com").first?.contains("CNAME \(base).example.com.") == true)
    #expect(
      Set(try await demo.dig("\(base).example.com").map { String($0.split(separator: " ")[4]) }) == Set(healthy.values))
    await demo.stop()
  }

  @Test("What several drains would leave together is shown, as a table and as JSON, and nothing is changed")
  func whatIf() async throws {
    let demo = try await DemoProcess.start()
    func ask(_ extra: String...) async throws -> Finished {
      try await Tools.run(
        [Tools.zonetop, "what-if", "zone/us-central1-a", "zone/us-central1-b", "--config", demo.config]
          + ["--kubeconfig", demo.kubeconfig] + extra)
    }
    let table = try await ask()
    #expect(table.code == 0, "\(table.output)")
    #expect(table.output.hasPrefix("what if: drain zone/us-central1-a\nwhat if: drain zone/us-central1-b\n"))
    // Each alone is within what may go at once; both are not.
    #expect(table.output.contains("objects   mass-change: "), "\(table.output)")
    let json = try await ask("--service", "mynamespace/nginx", "-o", "json").output
    #expect(json.contains("\"judgement\"") && json.contains("\"rule\": \"mass-change\""), "\(json)")
    #expect(try await ask("--service", "nowhere").code == 0)
    #expect(try await demo.dig("\(base).us-central1-a.example.com").first?.contains(" IN A ") == true)
    await demo.stop()
  }

  @Test("The doctor says what is wrong and what to do, and --check tells it by its exit code")
  func doctor() async throws {
    let demo = try await DemoProcess.start()
    func ask(_ extra: String...) async throws -> Finished {
      try await Tools.run(
        [Tools.zonetop, "doctor", "--config", demo.config, "--kubeconfig", demo.kubeconfig] + extra)
    }
    let table = try await ask()
    #expect(table.code == 0 && table.output.contains("nothing runs behind the service in 8 of 13 clusters"))
    #expect(table.output.contains("do    kubectl --context "), "\(table.output)")
    let json = try await ask("-o", "json", "--check")
    #expect(json.code == 3 && json.output.contains("\"severity\": \"error\""), "\(json.output)")
    await demo.stop()
  }

  @Test("A command that has done its work ends with 0, whatever its connections were at: 50 of 50")
  func leaving() async throws {
    let demo = try await DemoProcess.start()
    for _ in 0..<50 {
      let lifted = try await Tools.run(
        [Tools.zonetop, "uncordon", "zone/us-central1-b", "--config", demo.config, "--kubeconfig", demo.kubeconfig])
      #expect(lifted.code == 0, "\(lifted.output)")
    }
    await demo.stop()
  }

  @Test("A demo that is told to stop is gone within two seconds, whatever connections are kept to it")
  func stopping() async throws {
    let demo = try await DemoProcess.start()
    let listed = try await demo.kubectl("federation-cluster", "get", "services", "-A")
    #expect(listed.code == 0)
    let began = ContinuousClock.now
    await demo.stop()
    #expect(ContinuousClock.now - began < .seconds(2))
  }

  @Test("A demo that was given no folder leaves none behind, one that was keeps it")
  func folder() async throws {
    let place = try TemporaryFolder()
    defer { place.remove() }
    func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: place.path).sorted() }
    let environment = ["TMPDIR": place.path]
    let headless = [Tools.zonetop, "demo", "--headless", "--for", "100ms", "--clusters", "3"]
    #expect(try await Tools.run(headless, environment: environment).code == 0)
    #expect(try files() == [])
    let clash = try await Tools.run(headless + ["--script", place.path + "/none.yaml"], environment: environment)
    #expect(clash.code == 1, "\(clash.output)")
    #expect(try files() == [])
    #expect(try await Tools.run(headless + ["--dir", place.path + "/kept"], environment: environment).code == 0)
    #expect(try files() == ["kept"])
  }

  @Test("kubectl lists and watches the services and slices of every cluster")
  func kubectlLists() async throws {
    let demo = try await DemoProcess.start()
    for zone in zones {
      let listed = try await demo.kubectl(zone, "-n", "mynamespace", "get", "services,endpointslices,deployments")
      #expect(listed.code == 0, "\(listed.output)")
      #expect(listed.output.contains("service/nginx"))
      #expect(listed.output.contains("endpointslice.discovery.k8s.io/nginx"))
    }
    let federated = try await demo.kubectl("federation-cluster", "-n", "mynamespace", "get", "services", "-o", "name")
    #expect(federated.output == "service/nginx\n")
    let watch = try Program(
      [
        "kubectl", "--kubeconfig", demo.kubeconfig, "--context", "us-east1-b", "-n", "mynamespace", "get",
        "endpointslices", "-w", "-o", "jsonpath={.endpoints[*].conditions.ready}{\"\\n\"}",
      ], output: demo.folder.path + "/watch.log")
    #expect(await Tools.eventually(within: .seconds(10)) { watch.output.contains("\n") })
    _ = try await demo.kubectl("us-east1-b", "-n", "mynamespace", "scale", "deployment", "nginx", "--replicas=2")
    #expect(await Tools.eventually(within: .seconds(10)) { watch.output.contains("true true") }, "\(watch.output)")
    watch.signal(15)
    _ = await watch.wait()
    await demo.stop()
  }

  @Test("Scaling a zone to nothing makes it a CNAME within a second, and no name is ever empty")
  func failover() async throws {
    let demo = try await DemoProcess.start()
    let server = try #require(ServerAddress("127.0.0.1:\(demo.dnsPort)"))
    let names = try zones.map { try DomainName("\(base).\($0).example.com") } + [DomainName("\(base).example.com")]
    let reader = NameReader(names: names, server: server)
    let reading = Task { await reader.run() }
    for (replicas, expected) in [(0, "CNAME"), (3, "A 104.197.247.191")] {
      _ = try await demo.kubectl(
        "us-central1-a", "-n", "mynamespace", "scale", "deployment", "nginx", "--replicas=\(replicas)")
      let began = ContinuousClock.now
      let turned = try await Tools.eventually(within: .seconds(5)) {
        try await demo.dig("\(base).us-central1-a.example.com").first?.contains(" IN \(expected)") == true
      }
      #expect(turned)
      // Pods take a moment to get ready on the way up; the promise of a second is about taking a zone out.
      if replicas == 0 { #expect(ContinuousClock.now - began < .seconds(1)) }
    }
    reading.cancel()
    let report = await reading.value
    #expect(report.answers > 100)
    #expect(report.failures == [])
    await demo.stop()
  }
}

/// Asks for every name again and again, and keeps every answer that is not an address.
struct NameReader: Sendable {
  struct Report: Sendable {
    var answers = 0
    var failures: [String] = []
  }

  var names: [DomainName]
  var server: ServerAddress

  func run() async -> Report {
    var report = Report()
    let client = DNSClient.standard
    while !Task.isCancelled {
      for name in names {
        guard let reply = try? await client.query(Question(name: name, type: .a), at: server, flags: []).message else {
          continue
        }
        report.answers += 1
        let addresses = reply.answers.filter { if case .address = $0.data { true } else { false } }
        if reply.responseCode != .noError || addresses.isEmpty {
          report.failures.append("\(name): \(reply.responseCode), \(addresses.count) addresses")
        }
      }
    }
    return report
  }
}
