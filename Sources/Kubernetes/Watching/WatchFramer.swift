/// Cuts the bytes of a watch into its events: lines of JSON, or frames of protobuf with their length before them.
///
/// What a broken stream leaves unfinished is never given out.
struct WatchFramer: Sendable {
  private var pending: [UInt8] = []
  /// How far `pending` has been searched for the end of a line.
  private var searched = 0
  private let encoding: BodyEncoding

  /// The largest event: etcd holds no object near that size.
  static let largestFrame = 32 << 20

  init(encoding: BodyEncoding) { self.encoding = encoding }

  /// Adds bytes and returns the events that are complete now.
  mutating func append(_ bytes: [UInt8]) throws(KubernetesError) -> [[UInt8]] {
    pending += bytes
    var frames: [[UInt8]] = []
    var start = 0
    while let (range, next) = frame(from: start) {
      if !range.isEmpty { frames.append([UInt8](pending[range])) }
      start = next
    }
    pending.removeFirst(start)
    searched = encoding == .json ? pending.count : 0
    guard pending.count <= WatchFramer.largestFrame else {
      throw KubernetesError(.incomplete, "an event of the watch is larger than \(WatchFramer.largestFrame) bytes")
    }
    return frames
  }

  /// The next complete event at or after `start`, and where the one after it starts.
  private func frame(from start: Int) -> (Range<Int>, Int)? {
    switch encoding {
    case .json:
      guard let end = pending[max(start, searched)...].firstIndex(of: 0x0A) else { return nil }
      return (start..<end, end + 1)
    case .protobuf:
      guard pending.count - start >= 4 else { return nil }
      let length = pending[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= pending.count - start - 4 else { return nil }
      return (start + 4..<start + 4 + length, start + 4 + length)
    }
  }

  /// Whether the stream stopped in the middle of an event.
  var isInsideFrame: Bool { !pending.isEmpty }
}
