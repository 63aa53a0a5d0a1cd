import DNS
import DNSProviders
import Federation
import Glibc
import HTTPTransport

/// A zone of 10,000 record sets, marks among them, at a stand-in for Route 53: what is counted is calls, and what is
/// measured is what their answers cost.
func benchRoute53(in folder: String) async {
  print("route53 at a stand-in with its pages of 300, at the pace of the program (5 to 10 calls a second):")
  do {
    let services = Array(BenchWorld.services.prefix(476))
    let paper = PaperProvider()
    let own = BenchController(BenchWorld.core(services, at: DNSClient.systemTime()), paper) { _ in true }
    try await own.readZone()
    _ = try await own.apply()
    let sets = try own.published.values.map { (set) throws(ProviderError) in try HeldRecordSet(set) }
    let place = "\(folder)/route53"
    try write(sets + paper.markSets, to: place)
    let bed = try BenchBed("route53-pages", in: folder, as: "route53")
    defer { bed.stop() }
    try await measureRoute53(bed, services, published: own.published, calls: { Int(Child.text("\(place)/calls")) ?? 0 })
    bed.stop()
    try write(sets, to: place)
    try await octoDNS(at: try BenchBed("route53-pages", in: folder, as: "route53"), own.published, in: folder) {
      Int(Child.text("\(place)/calls")) ?? 0
    }
  } catch { print("  not measured: \(error)") }
}

private func measureRoute53(
  _ bed: BenchBed, _ services: [ServiceKey], published: [RecordKey: RecordSet], calls: () -> Int
) async throws {
  let keys = AWSCredentials(accessKey: "test", secret: "test")
  let client = Route53Client(
    endpoint: "http://127.0.0.1:\(bed["PORT"])",
    credentials: AWSCredentialSource(now: DNSClient.systemTime) { () throws(ProviderError) in keys },
    api: ProviderAPI(transport: try HTTPTransport(), rate: Route53Client.rate, clock: ContinuousClock()),
    now: DNSClient.systemTime)
  let provider = Route53Provider(
    zone: BenchWorld.federation.domain, hostedZone: bed["HOSTED_ZONE"], federation: BenchWorld.federation,
    client: client)
  let own = BenchController(
    BenchWorld.core(services, at: DNSClient.systemTime()), provider, published: published
  ) { _ in true }
  let (_, cold) = try await Cost.measure {
    try await own.readZone()
    return try await own.apply()
  }
  let pages = calls()
  Measure.limit(
    "zonetop: whole read, plan, nothing to write: \(cold.text)", "\(pages) calls", "≤ 34", isMet: pages <= 34)
  Measure.limit("zonetop: of them writes", "\(own.writes)", "0", isMet: own.writes == 0)
  own.receive(BenchWorld.news(of: services[7], ready: 0))
  let (_, change) = try await Cost.measure { try await own.apply() }
  let used = calls() - pages
  Measure.limit(
    "zonetop: one change: \(change.text)", "\(used) calls", "≤ 2, 100 ms CPU",
    isMet: used > 0 && used <= 2 && change.processor <= .milliseconds(100))
}

private func octoDNS(
  at bed: BenchBed, _ published: [RecordKey: RecordSet], in folder: String, calls: () -> Int
) async throws {
  defer { bed.stop() }
  unlink("\(folder)/route53/calls")
  let octoDNS = try OctoDNS.route53(bed, in: folder)
  var sets = Array(published.values)
  octoDNS.want(sets)
  let nothing = try octoDNS.sync(doIt: true)
  let read = calls()
  Measure.line("octodns-sync: no-op: \(nothing.text)", "\(read) calls", aim: "none")
  if let index = sets.firstIndex(where: { $0.type == .a }) {
    let old = sets[index]
    sets[index] = RecordSet(name: old.name, type: old.type, ttl: old.ttl, values: ["192.0.2.1"])
  }
  octoDNS.want(sets)
  let change = try octoDNS.sync(doIt: true)
  Measure.line("octodns-sync: one change: \(change.text)", "\(calls() - read) calls", aim: "none")
}

/// Writes down what the stand-in is to hold.
private func write(_ sets: [HeldRecordSet], to folder: String) throws(Failure) {
  mkdir(folder, 0o700)
  guard let file = fopen("\(folder)/records", "w") else { throw Failure("\(folder) cannot be written to") }
  defer { fclose(file) }
  fputs("example.com.\tSOA\t900\tns.example.com. hostmaster.example.com. 1 7200 900 1209600 86400\n", file)
  fputs("example.com.\tNS\t180\tns.example.com.\nns.example.com.\tA\t180\t127.0.0.1\n", file)
  for set in sets {
    let words = ["\(set.name.text).", set.type.rawValue, "\(set.ttl)"] + set.values(as: .octal)
    fputs(words.joined(separator: "\t") + "\n", file)
  }
}
