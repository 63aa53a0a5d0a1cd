import Telemetry
import Testing

@Suite("The Prometheus text format")
struct PrometheusTextTests {
  @Test func labelsAreEscaped() {
    #expect(prometheusLabel("a\\b\"c\nd") == "a\\\\b\\\"c\\nd")
  }

  @Test("What is written reads back by a strict reader, whatever the labels hold")
  func roundTrip() throws {
    let nasty = "a\\b\"c\nd},{ e=\"f"
    let families = [
      MetricFamily(
        name: "zonetop_generation", help: "Back\\slash and\nline.", type: .gauge,
        samples: [
          .init(labels: [.init("service", nasty)], value: 12), .init(labels: [.init("service", "b/c")], value: 0.25),
        ]),
      MetricFamily(name: "zonetop_nothing", help: "No samples.", type: .gauge, samples: []),
      MetricFamily(
        name: "zonetop_seconds", help: "A histogram.", type: .histogram,
        samples: [
          .init(suffix: "_bucket", labels: [.init("le", "0.5")], value: 1),
          .init(suffix: "_bucket", labels: [.init("le", "+Inf")], value: 2), .init(suffix: "_sum", value: 3.5),
          .init(suffix: "_count", value: 2),
        ]),
    ]
    let read = try TextFormat(prometheusText(families))
    #expect(read["zonetop_generation", ["service": nasty]] == 12)
    #expect(read["zonetop_generation", ["service": "b/c"]] == 0.25)
    #expect(read.types == ["zonetop_generation": "gauge", "zonetop_seconds": "histogram"])
    #expect(read.samples.count == 6)
  }

  @Test(
    "The reader is strict",
    arguments: [
      "a 1", "# HELP a b\n# TYPE a gauge\nb 1\n", "# HELP a b\n# TYPE a gauge\na 1\na 1\n",
      "# HELP a b\n# TYPE a counter\na -1\n", "# HELP a b\n# TYPE a gauge\na{b=\"\\x\"} 1\n",
      "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n",
      "# HELP a b\n# TYPE a gauge\na one\n",
    ])
  func strict(text: String) {
    #expect(throws: TextFormat.Objection.self) { try TextFormat(text) }
  }
}
