/// This is one metric as Prometheus is told of it: what it is called, what it means, and what it reads now.
package struct MetricFamily: Sendable, Hashable {
  package var name: String
  package var help: String
  package var type: Kind
  package var samples: [Sample]

  package init(name: String, help: String, type: Kind, samples: [Sample]) {
    self.name = name
    self.help = help
    self.type = type
    self.samples = samples
  }

  package enum Kind: String, Sendable, Hashable { case counter, gauge, histogram }

  /// One reading.
  package struct Sample: Sendable, Hashable {
    /// What follows the family's name: `_bucket`, `_sum` and `_count` of a histogram, else nothing.
    package var suffix: String
    /// In the order in which they are written.
    package var labels: [Label]
    package var value: Double

    package init(suffix: String = "", labels: [Label] = [], value: Double) {
      self.suffix = suffix
      self.labels = labels
      self.value = value
    }
  }

  package struct Label: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
}
