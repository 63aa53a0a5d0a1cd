/// This counts durations in buckets that double from 1 ms to 64 s, as Prometheus histograms want them.
package struct DurationHistogram: Sendable, Hashable {
  /// Upper bounds in seconds; everything above the last is counted in the bucket of infinity.
  package static let bounds: [Double] = (0...16).map { Double(1 << $0) / 1_000 }

  private var buckets = [UInt64](repeating: 0, count: bounds.count + 1)
  package private(set) var count: UInt64 = 0
  package private(set) var sum: Duration = .zero

  package init() {}

  package mutating func add(_ duration: Duration) {
    let span = max(duration, .zero)
    let seconds = span.seconds
    buckets[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    count += 1
    sum += span
  }

  /// The reading: cumulative buckets, the sum in seconds and the count.
  package func reading(_ metric: Metric) -> MetricReading {
    var reading = MetricReading(metric)
    var total: UInt64 = 0
    for (index, bucket) in buckets.enumerated() {
      total += bucket
      let bound = index < Self.bounds.count ? Self.bounds[index].description : "+Inf"
      reading.samples.append(
        .init(suffix: "_bucket", labels: [.init(name: "le", value: bound)], value: Double(total)))
    }
    reading.samples.append(.init(suffix: "_sum", value: sum.seconds))
    reading.samples.append(.init(suffix: "_count", value: Double(count)))
    return reading
  }
}

extension Duration {
  /// The span in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
