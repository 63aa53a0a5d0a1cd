import Testing

/// How fast a loss is served: thirteen clusters with five hundred services each, real HTTP, a real name server.
@Suite(
  "From an endpoint's loss to the answer", .serialized,
  .enabled(if: FaultTests.isLong, "set ZONETOP_SOAK=1, or run make soak"))
struct ServedLatencyTests {
  /// What a release build promises (ZONETOP_BINARY=.build-release/release/zonetop); a debug build is several times slower.
  static let limit: Duration = Tools.zonetop.contains("release") ? .seconds(1) : .seconds(5)
  static let losses = 120

  @Test("99 of 100 losses are served within a second, wherever they happen")
  func p99() async throws {
    let clock = ContinuousClock()
    let began = clock.now
    let demo = try await DemoProcess.start(["--services", "500"], patience: .seconds(400))
    let ready = clock.now - began
    let kubeconfig = try String(contentsOfFileAt: demo.kubeconfig)
    let clusters = Set(kubeconfig.matches(of: /\/clusters\/([a-z0-9-]+)/).map { String($0.1) }).sorted()
    let meter = LossMeter(apiPort: demo.port, dnsPort: demo.dnsPort)
    var spans: [Duration] = []
    var index = 0
    while spans.count < Self.losses, index < 500 * clusters.count {
      let service = "service-\(2 + index % 499)"
      if let span = try await meter.lose(service, in: clusters[index % clusters.count]) { spans.append(span) }
      index += 1
    }
    await demo.stop()
    spans.sort()
    func milliseconds(_ span: Duration) -> Int { Int(span / .milliseconds(1)) }
    let median = spans[spans.count / 2]
    let p99 = spans[Int(Double(spans.count - 1) * 0.99)]
    print(
      "13 clusters × 500 services: ready after \(milliseconds(ready)) ms; \(spans.count) losses served after"
        + " p50 \(milliseconds(median)) ms, p99 \(milliseconds(p99)) ms, at most \(milliseconds(spans.last ?? .zero)) ms"
    )
    #expect(spans.count == Self.losses)
    #expect(p99 <= Self.limit)
  }
}
