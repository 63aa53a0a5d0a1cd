import Dispatch
import Synchronization

/// Takes what a dashboard sees and does to its journal, on a thread of its own: nobody waits for a disk.
///
/// Bounded: of pictures that wait one after another the newest is kept. When nothing can be written, one notice says so
/// and the rest is dropped.
package final class JournalRecorder: Sendable {
  private struct Waiting {
    var items: [JournalWriter.Item] = []
    var isScheduled = false
  }
  private struct Disk {
    var writer: JournalWriter?
    var isOff = false
  }
  private let waiting = Mutex(Waiting())
  private let disk = Mutex(Disk())
  private let folder: String
  private let limits: JournalLimits
  private let queue = DispatchQueue(label: "zonetop.journal")
  private let notice: AsyncStream<String>.Continuation
  /// One line when the journal cannot be kept. One reader.
  package let notices: AsyncStream<String>

  /// Items that may wait for a disk that hangs.
  static let most = 1_000

  /// Opens nothing yet.
  package init(folder: String, limits: JournalLimits = .standard) {
    self.folder = folder
    self.limits = limits
    (notices, notice) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
  }

  /// Takes an item; never waits.
  package func put(_ item: JournalWriter.Item) {
    let isFirst = waiting.withLock { waiting in
      if case .seen = item, case .seen? = waiting.items.last { waiting.items.removeLast() }
      if waiting.items.count < Self.most { waiting.items.append(item) }
      defer { waiting.isScheduled = true }
      return !waiting.isScheduled
    }
    if isFirst { queue.async { self.drain() } }
  }

  /// Returns when all that was put is on the disk, or cannot be.
  package func finish() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.drain()
        self.notice.finish()
        continuation.resume()
      }
    }
  }

  private func drain() {
    let items = waiting.withLock { waiting in
      defer { waiting = Waiting() }
      return waiting.items
    }
    disk.withLock { disk in
      for item in items where !disk.isOff {
        do throws(JournalError) {
          if disk.writer == nil { disk.writer = try JournalWriter(folder: folder, limits: limits) }
          try disk.writer?.write(item)
        } catch {
          disk = Disk(writer: nil, isOff: true)
          notice.yield("no journal is kept: \(error.description)")
        }
      }
    }
  }
}
