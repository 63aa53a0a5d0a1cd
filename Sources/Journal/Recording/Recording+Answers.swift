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

  /// The plan that was shown for giving or ending orders of these kinds on these scopes, the nearest in time; nil when
  /// none was.
  package func preview(of change: OrderChange, at moment: Timestamp) -> DrainPreview? {
    let fitting = previews.filter { $0.preview.change.isAbout(change) }
    func distance(_ time: Timestamp) -> Duration { time > moment ? time - moment : moment - time }
    return fitting.min { distance($0.time) < distance($1.time) }?.preview
  }
}

extension OrderChange {
  /// Whether both give or end the same kinds of order on the same scopes, whatever their reasons and times.
  fileprivate func isAbout(_ other: OrderChange) -> Bool {
    isLifting == other.isLifting && cordons.count == other.cordons.count
      && zip(cordons, other.cordons).allSatisfy {
        $0.kind == $1.kind && $0.target == $1.target && $0.service == $1.service
      }
  }
}
