import Telemetry
import Testing

struct PrometheusTextTests {
  @Test func labelsAreEscaped() {
    #expect(prometheusLabel("a\\b\"c\nd") == "a\\\\b\\\"c\\nd")
  }
}
