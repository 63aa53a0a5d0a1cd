import DNSProviders
import Federation
import Synchronization

/// Takes every commit and remembers it: what a zone holds after a controller has been at work.
final class PaperProvider: DNSProvider {
  let kind = "paper"
  let fence = Fence.lease
  let zone = BenchWorld.federation.domain
  private let marks = Mutex<[DomainName: OwnershipMark]>([:])

  func readZone() async throws(ProviderError) -> ZoneContents { ZoneContents(recordSets: []) }

  func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    ZoneContents(recordSets: [])
  }

  @discardableResult
  func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    marks.withLock { $0[batch.markName] = batch.next }
    return nil
  }

  /// The marks as record sets.
  var markSets: [HeldRecordSet] { marks.withLock { $0.map { HeldRecordSet($0.value, at: $0.key) } } }
}
