package import Federation

/// The provider of the federation's zone together with those of other zones that aliases stand in.
///
/// The service's mark stands in the federation's zone and lists the aliases of other zones too: there is no transaction
/// across zones, so that the order makes up for it. What comes or changes in another zone follows the fenced commit of
/// the mark that covers it; what goes there goes first, after a look at the mark, so that nothing of ours is ever left
/// without a mark. In the other zone every change is bound to what the plan saw at the name.
package struct JointProvider: DNSProvider {
  /// A zone besides the federation's.
  package struct Other: Sendable {
    package let zone: DomainName
    package let provider: any DNSProvider
    /// The aliases declared in it.
    package let names: [DomainName]

    package init(zone: DomainName, provider: any DNSProvider, names: [DomainName]) {
      self.zone = zone
      self.provider = provider
      self.names = names
    }
  }

  private let main: any DNSProvider
  private let others: [Other]
  /// Reads in other zones are about names alone; no service is called like this one.
  private static let nobody = ServiceKey(namespace: "alias", name: "alias")

  package init(_ main: any DNSProvider, others: [Other]) {
    self.main = main
    self.others = others
  }

  package var kind: String { main.kind }
  package var fence: Fence { main.fence }
  package var isMetered: Bool { main.isMetered || others.contains(where: \.provider.isMetered) }
  package var zone: DomainName { main.zone }
  package var acknowledges: Bool { main.acknowledges }
  package var concurrentCommits: Int { others.map(\.provider.concurrentCommits).reduce(main.concurrentCommits, min) }

  package func readZone() async throws(ProviderError) -> ZoneContents {
    let contents = try await main.readZone()
    var names = Set(others.flatMap(\.names))
    for mark in contents.marks.values {
      for key in mark.sets where !key.name.isSubdomain(of: main.zone) { names.insert(key.name) }
    }
    return await joined(contents, names)
  }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    let outside = Set(names.filter { other(holding: $0) != nil })
    return await joined(try await main.read(service, names: names.filter { !outside.contains($0) }), outside)
  }

  /// The change is the one in the federation's zone; those of aliases elsewhere are not followed.
  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    let outside = batch.changes.filter { other(holding: $0.name) != nil }
    guard !outside.isEmpty else { return try await main.commit(batch) }
    let going = outside.filter { $0.after == nil }
    if !going.isEmpty {
      let held = try await main.read(batch.service, names: []).marks[batch.markName]
      guard held?.generation == batch.expected?.generation, held?.writer == batch.expected?.writer else {
        throw ProviderError(.fenced, "\(batch.markName) has moved: somebody else has written since; plan anew")
      }
      try await commit(going, of: batch)
    }
    let coming = outside.filter { $0.after != nil }
    try await check(coming)
    var own = batch
    own.changes = batch.changes.filter { other(holding: $0.name) == nil }
    let change = try await main.commit(own)
    try await commit(coming, of: batch)
    return change
  }

  package func acknowledgement(of change: String) async throws(ProviderError) -> Acknowledgement? {
    try await main.acknowledgement(of: change)
  }

  /// Looks whether names in other zones are as the plan saw them, before the mark says that they are ours (rule owned).
  private func check(_ changes: [Change]) async throws(ProviderError) {
    for change in changes {
      guard let index = other(holding: change.name) else { continue }
      let held = try await others[index].provider.read(Self.nobody, names: [change.name]).recordSets
      guard held.filter({ $0.name == change.name }) == [change.before].compactMap({ $0 }) else {
        throw ProviderError(.fenced, "\(change.name) has changed in zone \(others[index].zone): plan anew")
      }
    }
  }

  /// Changes names in other zones, each zone's in one transaction.
  private func commit(_ changes: [Change], of batch: Batch) async throws(ProviderError) {
    for (index, other) in others.enumerated() {
      let own = changes.filter { self.other(holding: $0.name) == index }
      guard !own.isEmpty else { continue }
      // A place where no mark ever stands: whose the names are is said in the federation's zone.
      let place = (try? other.zone.child("_zonetop-alias")) ?? other.zone
      do throws(ProviderError) {
        try await other.provider.commit(
          Batch(service: batch.service, markName: place, expected: nil, next: nil, changes: own))
      } catch {
        throw ProviderError(error.code, "zone \(other.zone): \(error.description)")
      }
    }
  }

  /// What stands at names in other zones, beside what the federation's holds; a zone that cannot be read keeps nobody
  /// from the rest (rule isolation).
  private func joined(_ contents: ZoneContents, _ names: Set<DomainName>) async -> ZoneContents {
    var contents = contents
    for (index, other) in others.enumerated() {
      let wanted = names.filter { self.other(holding: $0) == index }.sorted()
      guard !wanted.isEmpty else { continue }
      // What else is read now has no version.
      contents.version = nil
      do throws(ProviderError) {
        let read = try await other.provider.read(Self.nobody, names: wanted)
        contents.recordSets += read.recordSets.filter { wanted.contains($0.name) }
      } catch {
        for name in wanted { contents.unread[name] = "zone \(other.zone) cannot be read: \(error.description)" }
      }
    }
    contents.recordSets.sort { $0.key < $1.key }
    return contents
  }

  /// The other zone that holds a name, by its number: the longest one, where zones lie in one another.
  private func other(holding name: DomainName) -> Int? {
    var best: (index: Int?, length: Int) = (nil, name.isSubdomain(of: main.zone) ? main.zone.text.utf8.count : -1)
    for (index, other) in others.enumerated() where name.isSubdomain(of: other.zone) {
      if other.zone.text.utf8.count > best.length { best = (index, other.zone.text.utf8.count) }
    }
    return best.index
  }
}
