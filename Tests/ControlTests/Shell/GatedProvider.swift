import DNSProviders
import Federation
import NameServer
import Synchronization

/// A provider that holds every commit until the test lets it go, and notes which were under way together.
final class GatedProvider: DNSProvider {
  private struct State {
    var isOpen = true
    var waiting: [(service: ServiceKey, go: CheckedContinuation<Void, Never>)] = []
    var underWay: [ServiceKey] = []
    var most = 0
    /// Services that had two commits under way at once.
    var doubled: Set<ServiceKey> = []
    var begun = 0
    var ended = 0
    var zoneReads = 0
  }

  let kind = "gated"
  let fence = Fence.transaction
  let concurrentCommits: Int
  let zone: DomainName
  /// The services of commits that were held, as they came.
  let arrivals: AsyncStream<ServiceKey>
  private let arrival: AsyncStream<ServiceKey>.Continuation
  private let inner: EmbeddedProvider
  private let state = Mutex(State())

  init(_ inner: EmbeddedProvider, concurrentCommits: Int) {
    self.inner = inner
    self.concurrentCommits = concurrentCommits
    zone = inner.zone
    (arrivals, arrival) = AsyncStream.makeStream()
  }

  /// The most commits that were under way at once.
  var most: Int { state.withLock(\.most) }
  var doubled: Set<ServiceKey> { state.withLock(\.doubled) }
  var begun: Int { state.withLock(\.begun) }
  var ended: Int { state.withLock(\.ended) }
  /// How often the whole zone was read.
  var zoneReads: Int { state.withLock(\.zoneReads) }

  /// Holds commits from now on.
  func close() { state.withLock { $0.isOpen = false } }

  /// Lets those go that wait longest, so many of them.
  func release(_ count: Int = 1) {
    let going = state.withLock { state in
      let going = state.waiting.prefix(count)
      state.waiting.removeFirst(going.count)
      return going
    }
    for next in going { next.go.resume() }
  }

  /// Holds no more.
  func open() {
    state.withLock { $0.isOpen = true }
    release(.max)
  }

  func readZone() async throws(ProviderError) -> ZoneContents {
    state.withLock { $0.zoneReads += 1 }
    return try await inner.readZone()
  }

  func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    try await inner.read(service, names: names)
  }

  @discardableResult
  func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    await withCheckedContinuation { go in
      let isHeld = state.withLock { state in
        if state.underWay.contains(batch.service) { state.doubled.insert(batch.service) }
        state.underWay.append(batch.service)
        state.most = max(state.most, state.underWay.count)
        state.begun += 1
        if state.isOpen { return false }
        state.waiting.append((batch.service, go))
        return true
      }
      if isHeld { arrival.yield(batch.service) } else { go.resume() }
    }
    defer {
      state.withLock { state in
        state.underWay.remove(at: state.underWay.firstIndex(of: batch.service) ?? 0)
        state.ended += 1
      }
    }
    return try await inner.commit(batch)
  }
}
