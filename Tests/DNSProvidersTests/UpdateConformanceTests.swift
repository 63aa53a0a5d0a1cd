import Testing

@Suite(.needsKnot, BedTrait("knot"))
struct KnotConformanceTests {
  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await behaviour.check(try UpdateBed.current.subject)
  }
}

/// PowerDNS through its `dnsupdate`, which has the fence that its HTTP API has not.
///
/// One after another: over SQLite PowerDNS answers some of several writers at once with an error.
@Suite(.serialized, .needsPowerDNS, BedTrait("pdns"))
struct PowerDNSUpdateTests {
  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await behaviour.check(try UpdateBed.current.subject)
  }
}
