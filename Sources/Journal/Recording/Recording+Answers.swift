package import Control
package import Federation
package import Resolution

extension Recording {
  static let mostTraces = 4_000
  static let mostPreviews = 200

  mutating func keep(_ trace: Trace, at time: Timestamp) {
    if traceCount >= Self.mostTraces {
      traces.removeAll()
      traceCount = 0
    }
    traces[trace.name, default: []].append((time, trace))
    traceCount += 1
  }

  mutating func keep(_ preview: DrainPreview, at time: Timestamp) {
    previews.append((time, preview))
    if previews.count > Self.mostPreviews { previews.removeFirst() }
  }

  /// The last walk of a name by a moment, and when it was made; nil when there was none.
  package func trace(of name: DomainName, at moment: Timestamp) -> (time: Timestamp, trace: Trace)? {
    guard let known = traces[name] else { return nil }
    let position = known.partitioningIndex { $0.time > moment }
    return position > 0 ? known[position - 1] : nil
  }

  /// The plan that was shown for an order of this kind on this scope, the nearest in time; nil when none was.
  package func preview(of order: Cordon, at moment: Timestamp) -> DrainPreview? {
    let fitting = previews.filter {
      $0.preview.cordon.kind == order.kind && $0.preview.cordon.target == order.target
        && $0.preview.cordon.service == order.service
    }
    func distance(_ time: Timestamp) -> Duration { time > moment ? time - moment : moment - time }
    return fitting.min { distance($0.time) < distance($1.time) }?.preview
  }
}
