package import Federation

/// A provider whose zone is looked for when it is first needed: a provider that cannot be reached keeps nobody from
/// starting.
package struct DiscoveringProvider: DNSProvider {
  package let kind: String
  package let fence: Fence
  package let isMetered: Bool
  package let acknowledges: Bool
  /// The domain that the zone is to hold.
  package let zone: DomainName
  private let found: Found

  private actor Found {
    private let find: @Sendable () async throws(ProviderError) -> any DNSProvider
    private var provider: (any DNSProvider)?

    init(_ find: @escaping @Sendable () async throws(ProviderError) -> any DNSProvider) { self.find = find }

    func get() async throws(ProviderError) -> any DNSProvider {
      if let provider { return provider }
      let found = try await find()
      provider = found
      return found
    }
  }

  /// - Parameters:
  ///   - acknowledges: whether the provider, once found, tells how far it has carried a change.
  ///   - find: looks for the zone; asked again until it has found one.
  package init(
    kind: String, fence: Fence, isMetered: Bool, acknowledges: Bool, zone: DomainName,
    find: @escaping @Sendable () async throws(ProviderError) -> any DNSProvider
  ) {
    self.kind = kind
    self.fence = fence
    self.isMetered = isMetered
    self.acknowledges = acknowledges
    self.zone = zone
    found = Found(find)
  }

  package func readZone() async throws(ProviderError) -> ZoneContents { try await found.get().readZone() }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    try await found.get().read(service, names: names)
  }

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? { try await found.get().commit(batch) }

  package func acknowledgement(of change: String) async throws(ProviderError) -> Acknowledgement? {
    try await found.get().acknowledgement(of: change)
  }
}
