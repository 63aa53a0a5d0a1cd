import DNS
import DNSProviders
import Federation

/// What it costs to keep 10,000 record sets true at a real server, beside octodns-sync at the same server.
func benchProviders() async {
  guard let folder = Workplace() else { return print("providers: no temporary folder") }
  defer { folder.remove() }
  print("providers: \(BenchWorld.services.count) services × 20 names; wall clock / CPU of the process")
  for server in BenchServer.all { await benchServer(server, in: folder.path) }
  await benchRoute53(in: folder.path)
  await benchEtcd(in: folder.path)
}

/// A server, and how each of the two speaks to it.
private struct BenchServer {
  var name: String
  var bed: String
  var zonetop: @Sendable (BenchBed) throws -> ZoneBench
  var octoDNS: @Sendable (BenchBed, String) throws -> OctoDNS

  static let all = [
    BenchServer(
      name: "rfc2136 at BIND", bed: "bind", zonetop: { try .updating($0) }, octoDNS: { try .updating($0, in: $1) }),
    BenchServer(
      name: "rfc2136 at Knot DNS", bed: "knot", zonetop: { try .updating($0) }, octoDNS: { try .updating($0, in: $1) }),
    BenchServer(
      name: "powerdns", bed: "pdns", zonetop: { try .powerDNS($0) }, octoDNS: { try .powerDNS($0, in: $1) }),
  ]
}

/// Both at servers of the same kind that hold nothing yet, one after the other.
private func benchServer(_ server: BenchServer, in folder: String) async {
  print("\(server.name):")
  var ours = ProviderFigures()
  do {
    let bed = try BenchBed(server.bed, in: folder, as: "\(server.bed)-zonetop")
    defer { bed.stop() }
    ours = try await server.zonetop(bed).run()
  } catch { return print("  zonetop is not measured: \(error)") }
  var theirs = ProviderFigures()
  do {
    let bed = try BenchBed(server.bed, in: folder, as: "\(server.bed)-octodns")
    defer { bed.stop() }
    let reader = try server.zonetop(bed)
    theirs = try await octoDNS(ours, server.octoDNS(bed, folder)) {
      try await reader.provider().readZone().recordSets
    }
  } catch { print("  octodns-sync is not measured: \(error)") }
  ProviderFigures.compare(ours, theirs, named: "octodns-sync")
}

/// The same work done by octodns-sync, each piece a run of its own; the zone is read by zonetop after each.
///
/// - Parameters:
///   - calls: how many requests the server has had; nil where nobody counts.
///   - held: reads the zone.
func octoDNS(
  _ ours: ProviderFigures, _ octoDNS: OctoDNS, calls: () -> Int? = { nil },
  held: () async throws -> [RecordSet]
) async throws -> ProviderFigures {
  var theirs = ProviderFigures()
  for work in ProviderWork.allCases {
    guard let wanted = ours.wanted[work] else { continue }
    octoDNS.want(wanted)
    let before = calls()
    theirs.costs[work] = try octoDNS.sync(doIt: work != .plan)
    if let before, let after = calls() { theirs.calls[work] = after - before }
    guard work != .plan else { continue }
    let found = Set(try await held())
    let missing = wanted.count { !found.contains($0) }
    if missing > 0 {
      print("  after “\(work.rawValue)” by octodns-sync \(missing) of \(wanted.count) record sets are not as asked for")
    }
  }
  return theirs
}
