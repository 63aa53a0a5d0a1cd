import DNS
import DNSProviders
import Federation
import HTTPTransport

/// The same world at CoreDNS's etcd. There is no provider for it in octoDNS.
func benchEtcd(in folder: String) async {
  print("coredns at etcd:")
  do {
    let bed = try BenchBed("etcd", in: folder)
    defer { bed.stop() }
    try await measureEtcd(bed)
  } catch { print("  not measured: \(error)") }
}

private func measureEtcd(_ bed: BenchBed) async throws {
  // The pace of the program for servers of one's own.
  let api = ProviderAPI(
    transport: try HTTPTransport(), rate: AdaptiveRate(perSecond: 200, ceiling: 1_000, burst: 200),
    clock: ContinuousClock())
  let provider = CoreDNSProvider(
    zone: BenchWorld.federation.domain, federation: BenchWorld.federation, endpoints: [bed["URL"]], credentials: nil,
    api: api)
  func controller(_ published: [RecordKey: RecordSet] = [:]) -> BenchController {
    // etcd answers no questions of DNS: the names are read back by the provider.
    BenchController(BenchWorld.core(at: DNSClient.systemTime()), provider, published: published) { batch in
      let held = try? await provider.read(batch.service, names: batch.changes.map(\.name))
      return held?.marks[batch.markName] == batch.next
    }
  }
  var own = controller()
  let (_, apply) = try await Cost.measure {
    try await own.readZone()
    return try await own.apply()
  }
  Measure.line("apply of \(own.published.count) in \(own.writes) commits", apply.text, aim: "none")
  let (contents, read) = try await Cost.measure { try await provider.readZone() }
  Measure.line("whole read of \(contents.recordSets.count) record sets", read.text, aim: "none")
  own = controller(own.published)
  let (_, nothing) = try await Cost.measure {
    try await own.readZone()
    return try await own.apply()
  }
  Measure.limit("no-op (\(nothing.text)): writes", "\(own.writes)", "0", isMet: own.writes == 0)
  let (_, idle) = try await Cost.measure { try await own.idle() }
  Measure.limit("an idle minute (\(idle.text)): writes", "\(own.writes)", "0", isMet: own.writes == 0)
  let before = requests(bed)
  own.receive(BenchWorld.news(of: BenchWorld.services[7], ready: 0))
  let (batches, change) = try await Cost.measure { try await own.apply() }
  let used = before.flatMap { before in requests(bed).map { $0 - before } }
  Measure.limit(
    "one change (\(batches.first?.changes.count ?? 0) names): requests that etcd counts",
    used.map { "\($0)" } ?? "not told", "≤ 2", isMet: used.map { $0 > 0 && $0 <= 2 } == true)
  let lagging = await own.confirm(batches)
  Measure.limit(
    "one change (\(Cost.text(change.wall))): CPU", Cost.text(change.processor), "≤ 100 ms",
    isMet: lagging == 0 && change.processor <= .milliseconds(100))
}

/// How many reads and transactions etcd has begun; nil when it does not tell.
private func requests(_ bed: BenchBed) -> Int? {
  let (status, output, _) = Program.run(["/usr/bin/curl", "-s", bed["URL"] + "/metrics"], [:])
  guard status == 0 else { return nil }
  let counts = output.split(separator: "\n").filter {
    $0.hasPrefix("grpc_server_started_total") && $0.contains("etcdserverpb.KV\"")
  }
  let numbers = counts.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
  return numbers.isEmpty ? nil : numbers.reduce(0, +)
}
