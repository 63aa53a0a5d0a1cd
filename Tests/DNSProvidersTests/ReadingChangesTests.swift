import Federation
import Testing

@testable import DNSProviders

/// Reads of what has changed, on a zone that nobody else writes to.
@Suite(.serialized, .needsBIND, BedTrait("bind"))
struct BINDChangesTests {
  @Test func readsOnlyWhatHasChanged() async throws {
    let tally = try await UpdateBed.current.incrementalReads()
    #expect(tally.changed >= 10 && tally.unchanged >= 4 && tally.whole == 1, "\(tally)")
  }

  @Test func afterACommitNoWordThatNothingHasChangedIsBelievedOnce() async throws {
    let provider = try UpdateBed.current.provider
    let service = try TestService("doubted")
    for _ in 0..<2 { _ = try await provider.readZone() }
    #expect(await provider.copies.tally == ZoneCopies.Tally(whole: 1, changed: 0, unchanged: 1))
    let mark = OwnershipMark(federation: "myfederation", generation: 9, writer: "test/1", sets: [])
    let batch = service.batch(mark, to: [service.set(nil, .a, "192.0.2.1")])
    let error = await #expect(throws: ProviderError.self) { try await provider.commit(batch) }
    #expect(error?.code == .fenced)
    for _ in 0..<2 { _ = try await provider.readZone() }
    #expect(await provider.copies.tally == ZoneCopies.Tally(whole: 2, changed: 0, unchanged: 2))
  }

  @Test(.timeLimit(.minutes(1))) func tellsOfAChangeByItself() async throws {
    try await UpdateBed.current.notifiesOfAChange()
  }
}

@Suite(.serialized, .needsKnot, BedTrait("knot"))
struct KnotChangesTests {
  @Test func readsOnlyWhatHasChanged() async throws {
    let tally = try await UpdateBed.current.incrementalReads()
    #expect(tally.changed >= 10 && tally.unchanged >= 4 && tally.whole == 1, "\(tally)")
  }

  @Test(.timeLimit(.minutes(1))) func tellsOfAChangeByItself() async throws {
    try await UpdateBed.current.notifiesOfAChange()
  }
}

@Suite(.serialized, .needsPowerDNS, BedTrait("pdns"))
struct PowerDNSChangesTests {
  /// PowerDNS keeps no history: what has changed is the whole zone.
  @Test func readsTheZoneOnlyWhenItHasChanged() async throws {
    let tally = try await UpdateBed.current.incrementalReads()
    #expect(tally.changed == 0 && tally.unchanged >= 5, "\(tally)")
  }

  @Test(.timeLimit(.minutes(1))) func tellsOfAChangeByItself() async throws {
    try await UpdateBed.current.notifiesOfAChange()
  }
}
