import DNS
import DNSProviders
import Federation

/// What it costs to keep 10,000 record sets true at a real server, beside octodns-sync at the same server.
func benchProviders() async {
  guard let folder = Workplace() else { return print("providers: no temporary folder") }
  defer { folder.remove() }
  print("providers: \(BenchWorld.services.count) services × 20 names; wall clock / CPU of the process")
  for (name, bed) in [("BIND", "bind"), ("Knot DNS", "knot"), ("PowerDNS", "pdns")] {
    await benchUpdates(name, bed, in: folder.path)
  }
  await benchRoute53(in: folder.path)
  await benchEtcd(in: folder.path)
}

/// Both at servers of the same kind that hold nothing yet, one after the other.
private func benchUpdates(_ name: String, _ kind: String, in folder: String) async {
  print("rfc2136 at \(name):")
  var ours = ProviderFigures()
  do {
    let bed = try BenchBed(kind, in: folder, as: "\(kind)-zonetop")
    defer { bed.stop() }
    ours = try await UpdateBench(bed).run()
  } catch { return print("  zonetop is not measured: \(error)") }
  var theirs = ProviderFigures()
  do {
    let bed = try BenchBed(kind, in: folder, as: "\(kind)-octodns")
    defer { bed.stop() }
    theirs = try await octoDNS(ours, at: bed, in: folder)
  } catch { print("  octodns-sync is not measured: \(error)") }
  ProviderFigures.compare(ours, theirs, named: "octodns-sync")
}

/// The same work done by octodns-sync, each piece a run of its own; the zone is read by zonetop after each.
private func octoDNS(_ ours: ProviderFigures, at bed: BenchBed, in folder: String) async throws -> ProviderFigures {
  let octoDNS = try OctoDNS.updating(bed, in: folder)
  let reader = try UpdateBench(bed).provider
  var theirs = ProviderFigures()
  for work in ProviderWork.allCases {
    let wanted = ours.wanted[work] ?? []
    octoDNS.want(wanted)
    theirs.costs[work] = try octoDNS.sync(doIt: work != .plan)
    guard work != .plan else { continue }
    let held = Set(try await reader.readZone().recordSets)
    let missing = wanted.count { !held.contains($0) }
    if missing > 0 {
      print("  after “\(work.rawValue)” by octodns-sync \(missing) of \(wanted.count) record sets are not as asked for")
    }
  }
  return theirs
}
