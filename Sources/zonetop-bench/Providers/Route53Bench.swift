import DNS
import DNSProviders
import Federation
import Glibc
import HTTPTransport

/// A zone of 10,000 record sets, marks among them, at a stand-in for Route 53: what is counted is calls, and what is
/// measured is what their answers cost.
func benchRoute53(in folder: String) async {
  print("route53 at a stand-in with its pages of 300; zonetop keeps to 5 to 10 calls a second, octodns-sync to none:")
  let place = "\(folder)/route53"
  let calls: @Sendable () -> Int = { Int(Child.text("\(place)/calls")) ?? 0 }
  do {
    let own = try emptyStandIn(in: folder)
    defer { own.stop() }
    let ours = try await measureRoute53(own, calls: calls)
    own.stop()
    let other = try emptyStandIn(in: folder)
    defer { other.stop() }
    let reader = try route53(other)
    let theirs = try await octoDNS(ours, try .route53(other, in: folder), calls: calls) {
      try await reader.readZone().recordSets
    }
    ProviderFigures.compare(ours, theirs, named: "octodns-sync")
  } catch { print("  not measured: \(error)") }
}

private func measureRoute53(_ bed: BenchBed, calls: () -> Int) async throws -> ProviderFigures {
  // With a mark each 10,000 record sets.
  let services = Array(BenchWorld.services.prefix(476))
  var figures = ProviderFigures()
  func controller(_ published: [RecordKey: RecordSet] = [:]) throws -> BenchController {
    BenchController(
      BenchWorld.core(services, at: DNSClient.systemTime()), try route53(bed), published: published
    ) { _ in true }
  }
  func measure(
    _ work: ProviderWork, _ controller: BenchController, _ body: (BenchController) async throws -> Void
  ) async throws {
    let before = calls()
    figures.costs[work] = try await Cost.measure { try await body(controller) }.cost
    figures.calls[work] = calls() - before
    figures.wanted[work] = Array(controller.published.values)
  }
  try await measure(.plan, try controller()) {
    try await $0.readZone()
    _ = $0.planned()
  }
  var own = try controller()
  try await measure(.apply, own) {
    try await $0.readZone()
    _ = try await $0.apply()
  }
  // What is planned is what is applied then.
  figures.wanted[.plan] = figures.wanted[.apply]
  own = try controller(own.published)
  try await measure(.noOperation, own) {
    try await $0.readZone()
    _ = try await $0.apply()
  }
  let read = figures.calls[.noOperation] ?? 0
  Measure.limit("whole read, plan, nothing to write: calls", "\(read)", "≤ 34", isMet: read <= 34)
  Measure.limit("of them writes", "\(own.writes)", "0", isMet: own.writes == 0)
  try await measure(.oneChange, own) {
    $0.receive(BenchWorld.news(of: services[7], ready: 0))
    _ = try await $0.apply()
  }
  let (used, processor) = (figures.calls[.oneChange] ?? 0, figures.costs[.oneChange]?.processor ?? .zero)
  Measure.limit(
    "one change: calls, CPU", "\(used), \(Cost.text(processor))", "≤ 2, 100 ms",
    isMet: used > 0 && used <= 2 && processor <= .milliseconds(100))
  try await measure(.failover, own) {
    for service in services[100..<200] { $0.receive(BenchWorld.news(of: service, ready: 0)) }
    _ = try await $0.apply()
  }
  return figures
}

private func route53(_ bed: BenchBed) throws -> Route53Provider {
  let keys = AWSCredentials(accessKey: "test", secret: "test")
  let client = Route53Client(
    endpoint: "http://127.0.0.1:\(bed["PORT"])",
    credentials: AWSCredentialSource(now: DNSClient.systemTime) { () throws(ProviderError) in keys },
    api: ProviderAPI(transport: try HTTPTransport(), rate: Route53Client.rate, clock: ContinuousClock()),
    now: DNSClient.systemTime)
  return Route53Provider(
    zone: BenchWorld.federation.domain, hostedZone: bed["HOSTED_ZONE"], federation: BenchWorld.federation,
    client: client)
}

/// A stand-in whose zone holds what every hosted zone holds from its creation.
private func emptyStandIn(in folder: String) throws(Failure) -> BenchBed {
  let place = "\(folder)/route53"
  mkdir(place, 0o700)
  for left in ["env", "calls"] { unlink("\(place)/\(left)") }
  guard let file = fopen("\(place)/records", "w") else { throw Failure("\(place) cannot be written to") }
  fputs("example.com.\tSOA\t900\tns.example.com. hostmaster.example.com. 1 7200 900 1209600 86400\n", file)
  fputs("example.com.\tNS\t180\tns.example.com.\nns.example.com.\tA\t180\t127.0.0.1\n", file)
  fclose(file)
  return try BenchBed("route53-pages", in: folder, as: "route53")
}
