import Telemetry
import Testing

@Suite("Health")
struct HealthReportTests {
  @Test("One failing check fails the whole, and says why")
  func verdict() {
    let report = HealthReport([
      .init("settled", true, "everything is read"), .init("provider", false, "never \"read\""),
    ])
    #expect(!report.isPassing)
    #expect(report.text == "[+]settled ok: everything is read\n[-]provider failed: never \"read\"\nfailed\n")
    #expect(
      report.json == #"{"ok":false,"checks":[{"name":"settled","ok":true,"detail":"everything is read"},"#
        + #"{"name":"provider","ok":false,"detail":"never \"read\""}]}"# + "\n")
  }
}
