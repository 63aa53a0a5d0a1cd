import Control
import DNS
import DNSProviders
import Federation

/// The controller's core with a real provider, driven as the controller does: as many commits at once as the provider is
/// best given, and every commit asked back at the server beside the next ones.
final class BenchController {
  private(set) var core: ControlCore
  /// Calls of the provider.
  private(set) var reads = 0
  private(set) var writes = 0
  /// What the zone holds of the federation by now.
  private(set) var published: [RecordKey: RecordSet]
  private let provider: any DNSProvider
  private let confirm: @Sendable (Batch) async -> Bool

  init(
    _ core: ControlCore, _ provider: any DNSProvider, published: [RecordKey: RecordSet] = [:],
    confirm: @escaping @Sendable (Batch) async -> Bool
  ) {
    self.core = core
    self.published = published
    self.provider = provider
    self.confirm = confirm
  }

  private var now: Timestamp { DNSClient.systemTime() }

  func receive(_ observation: Observation) { core.receive(observation, at: now) }

  func readZone() async throws(ProviderError) {
    reads += 1
    core.receive(.zone(try await provider.readZone()), at: now)
  }

  /// Plans everything that waits and writes nothing; how many services would be written.
  func planned() -> Int {
    var core = core
    while core.nextAction(in: .observe, at: now) != nil {}
    return core.services.values.count { $0.plan?.changes.isEmpty == false }
  }

  /// Time goes by: a minute of it, with the whole reads that the controller makes.
  func idle() async throws(ProviderError) {
    let start = now
    for second in 0..<60 {
      if second % 30 == 0 { try await readZone() }
      core.tick(at: start + .seconds(Int64(second)))
      _ = try await apply()
    }
  }

  /// Commits all there is to commit.
  func apply() async throws(ProviderError) -> [Batch] {
    var batches: [Batch] = []
    try await commitAll { batches.append($0) }
    return batches
  }

  /// Commits all there is to commit until the server serves it; how many batches it does not serve.
  func applyUntilServed() async throws -> Int {
    let (committed, queue) = AsyncStream.makeStream(of: Batch.self)
    let confirming = Task { [confirm] in
      await withTaskGroup(of: Bool.self) { group in
        for await batch in committed { group.addTask { await confirm(batch) } }
        return await group.reduce(0) { $0 + ($1 ? 0 : 1) }
      }
    }
    defer { queue.finish() }
    try await commitAll { queue.yield($0) }
    queue.finish()
    return await confirming.value
  }

  /// Asks the server for all of some commits; how many batches it does not serve.
  func confirm(_ batches: [Batch], atOnce width: Int = 64) async -> Int {
    await withTaskGroup(of: Bool.self) { group in
      var missing = 0
      for (index, batch) in batches.enumerated() {
        if index >= width, await group.next() == false { missing += 1 }
        group.addTask { [confirm] in await confirm(batch) }
      }
      return await group.reduce(missing) { $0 + ($1 ? 0 : 1) }
    }
  }

  private func commitAll(_ done: (Batch) -> Void) async throws(ProviderError) {
    let (ended, ends) = AsyncStream.makeStream(of: (Batch, ProviderError?).self)
    var endings = ended.makeAsyncIterator()
    var underWay = 0
    while true {
      while underWay < provider.concurrentCommits, let batch = try await nextBatch() {
        writes += 1
        underWay += 1
        Task { [provider] in
          do throws(ProviderError) {
            try await provider.commit(batch)
            ends.yield((batch, nil))
          } catch { ends.yield((batch, error)) }
        }
      }
      guard underWay > 0, let (batch, error) = await endings.next() else { return }
      underWay -= 1
      if let error { throw error }
      core.committed(batch, at: now)
      for set in batch.changes.compactMap(\.before) { published[set.key] = nil }
      for set in batch.changes.compactMap(\.after) { published[set.key] = set }
      done(batch)
    }
  }

  private func nextBatch() async throws(ProviderError) -> Batch? {
    while let action = core.nextAction(in: .lead, at: now) {
      switch action {
      case .read(let service, let names):
        reads += 1
        core.receive(.names(service, try await provider.read(service, names: names)), at: now)
      case .commit(let batch): return batch
      }
    }
    return nil
  }
}
