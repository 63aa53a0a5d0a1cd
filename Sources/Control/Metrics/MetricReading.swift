/// This is what one metric reads at one moment.
package struct MetricReading: Sendable, Hashable {
  package var metric: Metric
  package var samples: [Sample] = []

  package struct Sample: Sendable, Hashable {
    /// `_bucket`, `_sum` or `_count` of a histogram, else empty.
    package var suffix = ""
    /// Names and values, in the order in which they are written.
    package var labels: [Label] = []
    package var value: Double
  }

  package struct Label: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  package init(_ metric: Metric) { self.metric = metric }

  package init(_ metric: Metric, _ value: Double?) {
    self.metric = metric
    if let value { samples = [Sample(value: value)] }
  }

  package init(_ metric: Metric, _ value: Bool) { self.init(metric, value ? 1 : 0) }

  mutating func add(_ value: Double, _ labels: (String, String)...) {
    samples.append(Sample(labels: labels.map { Label(name: $0.0, value: $0.1) }, value: value))
  }
}
