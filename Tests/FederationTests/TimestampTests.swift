import Federation
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"), ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
    ("2000-02-29T23:59:59.25+01:00", "2000-02-29T22:59:59.25Z"), ("2026-06-30t12:00:00z", "2026-06-30T12:00:00Z"),
    ("1999-12-31T23:30:00-01:30", "2000-01-01T01:00:00Z"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
  ])
  func readsAndWrites(text: String, canonical: String) throws {
    #expect(try #require(Timestamp(text)).description == canonical)
  }

  @Test func knowsTheEpoch() {
    #expect(Timestamp("2026-01-01T00:00:00Z")?.nanoseconds == 1_767_225_600_000_000_000)
  }

  @Test(arguments: [
    "", "2026-01-01", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
    "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00Zx", "1969-12-31T23:59:59Z",
    "2026-01-01T00:00:00.1234567890123456789012345Z", "2262-01-01T00:00:00Z", "2026-01-01 00:00:00Z",
  ])
  func refuses(text: String) { #expect(Timestamp(text) == nil) }

  @Test func everyDaySurvivesTheText() throws {
    for day in stride(from: Int64(0), to: 106_000, by: 7) {
      let moment = Timestamp(seconds: day * 86_400 + day % 86_400)
      #expect(Timestamp(moment.description) == moment)
    }
  }
}
