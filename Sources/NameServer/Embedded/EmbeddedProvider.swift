package import DNSProviders
package import Federation

/// The provider that writes to a zone in this very process, which a ``NameServer`` serves.
///
/// It is as strict as a server of record: commits are whole or nothing, fenced, and a CNAME stands alone.
package struct EmbeddedProvider: DNSProvider {
  package let kind = "embedded"
  package let fence = Fence.transaction
  package let zone: DomainName
  private let federation: Federation
  private let store: ZoneStore

  package init(_ store: ZoneStore, federation: Federation) {
    self.store = store
    self.federation = federation
    zone = store.read(\.apex)
  }

  package func readZone() async throws(ProviderError) -> ZoneContents { ZoneContents(store.snapshot.recordSets) }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    let names = Set(names + [try OwnershipMark.place(of: service, in: federation)]).sorted()
    let held = store.read { zone in names.flatMap { zone.recordSets(at: $0) } }
    return ZoneContents(held)
  }

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    try store.commit(batch)
    return nil
  }
}
