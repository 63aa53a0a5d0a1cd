package import Federation
package import HTTPTransport
import JSON

/// The provider for PowerDNS Authoritative through its HTTP API; tested with 4.7.
///
/// A commit is one PATCH, which PowerDNS does whole or not at all; what several services wait to commit goes in one. It
/// cannot compare before it writes: the names are read and compared right before, and the PATCHes of this value and its
/// copies go one after another, so that writers in one process lose nothing. Between processes only the lease keeps a second writer away (``Fence/lease``). Where
/// that is not enough, PowerDNS takes updates after RFC 2136 (`dnsupdate=yes`), with a true fence.
///
/// The zone needs `soa_edit_api` (`DEFAULT` or `INCREASE`): without it the serial stays as it is, and secondaries never
/// learn of a change. A zone with DNSSEC needs `api_rectify` too.
package struct PowerDNSProvider: DNSProvider {
  package let kind = "powerdns"
  package let fence = Fence.lease
  /// As many as go together, and as many that gather meanwhile.
  package let concurrentCommits = 32
  package let zone: DomainName
  private let federation: Federation
  private let door: PowerDNSDoor
  private let api: ProviderAPI
  private let groups = CommitGroups<[JSONValue]>(most: 16)
  private let parked = ParkedNames()

  /// From so many names on the whole zone is read instead: in a zone of 10,000 sets a hundred services fail over in 0.6 s
  /// with this and in 2.1 s with 30, and a first publishing takes the same (measured).
  private static let manyNames = 100
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
  ///   - tls: whom to trust where the API is behind HTTPS.
  package init(
    zone: DomainName, federation: Federation, url: String, server: String = "localhost", apiKey: APIKey,
    tls: TLSSettings = TLSSettings(), api: ProviderAPI
  ) {
    self.zone = zone
    self.federation = federation
    self.api = api
    door = PowerDNSDoor(zone: zone, url: url, server: server, key: apiKey, tls: tls)
  }

  /// What is wrong with how the zone is set up, one line each. Cost: one request.
  package func findings() async throws(ProviderError) -> [String] {
    guard let settings = try await api.send(door.settings()).json, settings["name"]?.string != nil else {
      throw ProviderError(.incomplete, "reading the settings of the zone \(zone): \(door.place) answered no zone")
    }
    guard settings["soa_edit_api"]?.string?.isEmpty != false else { return [] }
    return [
      "the serial of \(zone) stays as it is whatever zonetop changes, so that secondaries never hear of it: pdnsutil set-meta \(zone) SOA-EDIT-API DEFAULT"
    ]
  }

  package func readZone() async throws(ProviderError) -> ZoneContents { try await get(nil, .read).contents }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    let markName = try OwnershipMark.place(of: service, in: federation)
    return try await held(Set(names + [markName]), .read).contents
  }

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    let transaction = try Transaction(batch)
    return try await groups.commit(
      .init(batch: batch, transaction: transaction, part: try PowerDNSPatch.sets(of: transaction)), write: write)
  }

  /// Compares and writes what several services commit; what came of each, in their order.
  @Sendable private func write(_ group: [Member]) async -> [CommitGroups<[JSONValue]>.Outcome] {
    let urgency = group[0].batch.isUrgent ? RequestPace.Urgency.failover : .repair
    let held: PowerDNSZone
    do throws(ProviderError) {
      held = try await self.held(Set(group.flatMap { $0.transaction.steps.map(\.name) }), urgency)
      guard !Self.secondaryKinds.contains(held.kind) else {
        throw ProviderError(
          .refused, "\(zone) is a secondary zone at \(door.place): what is written there is lost; name its primary")
      }
    } catch {
      return group.map { _ in .failure(error) }
    }
    let violations = group.map { held.violation(of: $0.transaction, $0.batch) }
    let sound = zip(group, violations).filter { $1 == nil }.map(\.0)
    var written = await CommitGroups.together(sound) { (group) throws(ProviderError) in
      try await send(group, urgency)
    } alone: { (member) throws(ProviderError) in
      try await send([member], urgency)
    }[...]
    return violations.map { violation in violation.map { .failure($0) } ?? written.removeFirst() }
  }

  private typealias Member = CommitGroups<[JSONValue]>.Member

  private func send(_ group: [Member], _ urgency: RequestPace.Urgency) async throws(ProviderError) -> String? {
    let subject = group.count == 1 ? "\(group[0].batch.service)" : "\(group.count) services"
    _ = try await api.send(
      door.patch(PowerDNSPatch.body(group.flatMap(\.part)), "changing the names of \(subject)", urgency))
    return nil
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
