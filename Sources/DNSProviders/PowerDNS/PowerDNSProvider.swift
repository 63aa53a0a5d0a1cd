package import Federation
import JSON

/// The provider for PowerDNS Authoritative through its HTTP API; tested with 4.7.
///
/// A commit is one PATCH, which PowerDNS does whole or not at all. It cannot compare before it writes: the names are
/// read and compared right before, and the commits of this value and its copies go one after another, so that writers
/// in one process lose nothing. Between processes only the lease keeps a second writer away (``Fence/lease``). Where
/// that is not enough, PowerDNS takes updates after RFC 2136 (`dnsupdate=yes`), with a true fence.
///
/// The zone needs `soa_edit_api` (`DEFAULT` or `INCREASE`): without it the serial stays as it is, and secondaries never
/// learn of a change. A zone with DNSSEC needs `api_rectify` too.
package struct PowerDNSProvider: DNSProvider {
  package let kind = "powerdns"
  package let fence = Fence.lease
  package let zone: DomainName
  private let federation: Federation
  private let door: PowerDNSDoor
  private let api: ProviderAPI
  private let turns = CommitTurns()
  private let parked = ParkedNames()

  /// From so many names on the whole zone is read instead: one name costs the server 1.5 ms, 10,000 sets at once 45 ms.
  private static let manyNames = 30
  /// Kinds of zones that come from elsewhere.
  private static let secondaryKinds: Set<String> = ["Slave", "Secondary", "Consumer"]
  /// Requests under way at once.
  private static let width = 8

  /// A pace for a server of one's own, which documents no limit.
  package static let rate = AdaptiveRate(perSecond: 200, floor: 1, ceiling: 1_000, burst: 200)

  /// - Parameters:
  ///   - url: `http://host:8081` or `https://…`: where the API is, without `/api/v1`.
  ///   - server: what PowerDNS calls itself: `localhost`.
  ///   - apiKey: the `api-key` of its configuration.
  package init(
    zone: DomainName, federation: Federation, url: String, server: String = "localhost", apiKey: APIKey,
    api: ProviderAPI
  ) {
    self.zone = zone
    self.federation = federation
    self.api = api
    door = PowerDNSDoor(zone: zone, url: url, server: server, key: apiKey)
  }

  package func readZone() async throws(ProviderError) -> ZoneContents { try await get(nil, .read).contents }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    let markName = try OwnershipMark.place(of: service, in: federation)
    return try await held(Set(names + [markName]), .read).contents
  }

  package func commit(_ batch: Batch) async throws(ProviderError) {
    let transaction = try Transaction(batch)
    let body = try PowerDNSPatch.body(transaction)
    await turns.take(isUrgent: batch.isUrgent)
    do throws(ProviderError) {
      try await write(body, transaction, batch)
      await turns.leave()
    } catch {
      await turns.leave()
      throw error
    }
  }

  private func write(_ body: [UInt8], _ transaction: Transaction, _ batch: Batch) async throws(ProviderError) {
    let urgency = batch.isUrgent ? RequestPace.Urgency.failover : .repair
    let held = try await held(Set(transaction.steps.map(\.name)), urgency)
    guard !Self.secondaryKinds.contains(held.kind) else {
      throw ProviderError(
        .refused, "\(zone) is a secondary zone at \(door.place): what is written there is lost; name its primary")
    }
    if let violation = held.violation(of: transaction, batch) { throw violation }
    _ = try await api.send(door.patch(body, "changing the names of \(batch.service)", urgency))
  }

  /// Reads some names: one by one when they are few and the server can tell them apart, else all at once.
  private func held(
    _ names: Set<DomainName>, _ urgency: RequestPace.Urgency
  ) async throws(ProviderError) -> PowerDNSZone {
    guard names.count <= Self.manyNames, let first = names.first, parked.areKnownNotToBe(names) else {
      return try await get(nil, urgency).restricted(to: names)
    }
    let answer = try await get(first, urgency)
    // An older server passes over the name in the question and tells of the whole zone.
    var result = answer.restricted(to: [first])
    guard answer == result else { return answer.restricted(to: names) }
    do {
      try await withThrowingTaskGroup(of: PowerDNSZone.self) { group in
        for (index, name) in names.subtracting([first]).enumerated() {
          if index >= Self.width, let next = try await group.next() { result.add(next) }
          group.addTask { try await get(name, urgency).restricted(to: [name]) }
        }
        for try await next in group { result.add(next) }
      }
    } catch let error as ProviderError {
      throw error
    } catch {
      throw ProviderError(.unreachable, "reading the zone \(zone) was cancelled")
    }
    return result
  }

  private func get(_ name: DomainName?, _ urgency: RequestPace.Urgency) async throws(ProviderError) -> PowerDNSZone {
    let answer = try await api.send(door.read(name, urgency))
    do throws(JSONError) {
      if let zone = try PowerDNSZone.read(answer.body) {
        if name == nil { parked.learn(from: zone) }
        return zone
      }
    } catch {
      throw ProviderError(
        .incomplete, "reading the zone \(zone): \(door.place) answered no whole JSON (\(error)); nothing was read")
    }
    throw ProviderError(
      .incomplete, "reading the zone \(zone): \(door.place) answered no zone: correct `url` and `server`")
  }
}
