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
    var subject = try UpdateBed.current.subject
    // Of a transfer PowerDNS 4.7 puts a hundred records into each message, however long they are, and breaks off when
    // they are more than 64 kB: marks of 200 sets have 3 kB each, and stand side by side.
    subject.scale = 15
    try await behaviour.check(subject)
  }
}
