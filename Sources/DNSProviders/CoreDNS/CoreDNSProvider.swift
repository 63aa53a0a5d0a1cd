package import Federation
package import HTTPTransport
import JSON

/// The provider for CoreDNS with its `etcd` plugin: it writes the keys that CoreDNS answers from.
///
/// Each record is a key `/skydns/<labels from the top down>/zonetop-<which>` with a JSON value; a CNAME has a second key
/// without the last part, since CoreDNS asks that one for the type CNAME. Marks are texts at their names, with the
/// lengths of their strings beside. Keys that zonetop did not write are read as CoreDNS would answer them, and left as
/// they are. See ``SkyDNSValue`` for how names are kept from answering what stands below them.
///
/// A commit reads its names and then writes them in one transaction, which etcd does only when they are still as they
/// were read. What CoreDNS does by itself stays: a name with no record of its own answers with everything below it,
/// a key without a group next to one of zonetop's shows what is below that name, a key that is itself the path of a name
/// is hidden by whatever is put below it, and negative answers may be cached for 30 s.
package struct CoreDNSProvider: DNSProvider {
  package let kind = "coredns"
  package let fence = Fence.transaction
  /// Services share no key: four at once take three quarters of the time, and more gain nothing (measured).
  package let concurrentCommits = 4
  package let zone: DomainName
  private let federation: Federation
  private let tree: SkyDNSTree
  private let etcd: EtcdClient
  private let last = EtcdLastRead()

  /// How many keys are read at once: about 2 MB.
  private static let page: Int64 = 5_000
  /// How many names are read at once: two ranges each, and 128 operations are what etcd takes in a transaction.
  private static let namesAtOnce = 64

  /// - Parameters:
  ///   - endpoints: `http://…` or `https://…` of members of one cluster, tried in this order; at least one.
  ///   - prefix: `path` in CoreDNS's configuration, `/skydns` unless it says otherwise.
  ///   - credentials: nil where etcd wants none.
  package init(
    zone: DomainName, federation: Federation, endpoints: [String], prefix: String = "/skydns",
    credentials: EtcdCredentials?, tls: TLSSettings = TLSSettings(), api: ProviderAPI
  ) {
    self.zone = zone
    self.federation = federation
    tree = SkyDNSTree(prefix: prefix)
    etcd = EtcdClient(
      endpoints: endpoints, credentials: credentials, tls: tls, api: api,
      realm: "\(tree.path(of: zone) ?? tree.root)/")
  }

  package func readZone() async throws(ProviderError) -> ZoneContents {
    guard let path = tree.path(of: zone) else { throw unservable(zone) }
    let subject = "reading the zone \(zone) from etcd"
    if let known = last.candidate {
      let answer = try await etcd.post(
        .init(subject: subject, path: "/v3/kv/range", body: known.question(.below(path))))
      guard let now = Self.revision(answer) else { throw incomplete(subject) }
      if known.stands(answer, at: now) {
        last.confirm()
        return known.contents
      }
    }
    return try await wholeZone(below: path, subject)
  }

  private func wholeZone(below path: String, _ subject: String) async throws(ProviderError) -> ZoneContents {
    var entries: [EtcdEntry] = []
    var rest = EtcdKeys.below(path)
    var revision: Int64 = 0
    while true {
      let answer = try await etcd.post(
        .init(subject: subject, path: "/v3/kv/range", body: rest.range(at: revision, limit: Self.page)))
      guard let range = EtcdRange(answer), let now = Self.revision(answer) else { throw incomplete(subject) }
      // All pages are of the revision of the first one.
      if revision == 0 { revision = now }
      entries += range.entries
      guard range.hasMore, let last = range.entries.last else { break }
      rest.key = last.key + [0]
    }
    return last.keep(ZoneContents(tree.recordSets(entries)), revision: revision, count: Int64(entries.count))
  }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    let markName = try OwnershipMark.place(of: service, in: federation)
    let held = try await held(names + [markName], "reading \(service) from etcd", .read).names
    return ZoneContents(held.values.flatMap(\.recordSets))
  }

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    let transaction = try Transaction(batch)
    let names = transaction.pins.map(\.name) + transaction.steps.map(\.name)
    for name in names {
      guard name.isSubdomain(of: zone) else {
        throw ProviderError(.refused, "\(name) is not in the zone \(zone): correct the configuration")
      }
      guard tree.path(of: name) != nil else { throw unservable(name) }
    }
    let subject = "writing \(batch.service) to etcd"
    let urgency = batch.isUrgent ? RequestPace.Urgency.failover : .repair
    let (held, revision) = try await held(names, subject, urgency)
    if let violation = transaction.violation({ held[$0]?.recordSets ?? [] }) { throw violation }
    let request = try EtcdTransaction(transaction, held, at: revision).request
    let answer: JSONValue
    do throws(ProviderError) {
      answer = try await etcd.post(
        .init(subject: subject, path: "/v3/kv/txn", body: request, urgency: urgency, isRepeatable: false))
    } catch {
      throw error.code == .fenced ? await explained(transaction, names, subject) : error
    }
    guard EtcdTransaction.isDone(answer) else { throw await explained(transaction, names, subject) }
    return nil
  }

  /// etcd says only that something has changed: reading the names again tells a person what.
  private func explained(
    _ transaction: Transaction, _ names: [DomainName], _ subject: String
  ) async -> ProviderError {
    let held = try? await held(names, subject, .read).names
    return held.flatMap { held in transaction.violation { held[$0]?.recordSets ?? [] } }
      ?? ProviderError(
        .fenced, "\(subject): somebody else has written to its names since; nothing was changed, plan anew")
  }

  /// What etcd holds at names of the zone, all at one revision, and which that is.
  private func held(
    _ names: [DomainName], _ subject: String, _ urgency: RequestPace.Urgency
  ) async throws(ProviderError) -> (names: [DomainName: SkyDNSName], revision: Int64) {
    let places = Set(names).sorted().filter { $0.isSubdomain(of: zone) }
      .compactMap { name in tree.path(of: name).map { (name: name, path: $0) } }
    var held: [DomainName: SkyDNSName] = [:]
    var revision: Int64 = 0
    for start in stride(from: 0, to: places.count, by: Self.namesAtOnce) {
      let part = places[start..<min(start + Self.namesAtOnce, places.count)]
      let requests = part.flatMap { SkyDNSName.ranges($0.path) }
        .map { keys -> JSONValue in ["request_range": keys.range(at: revision)] }
      let answer = try await etcd.post(
        .init(subject: subject, path: "/v3/kv/txn", body: ["success": .array(requests)], urgency: urgency))
      let ranges = answer["responses"]?.array?.compactMap { $0["response_range"].flatMap { EtcdRange($0) } } ?? []
      guard ranges.count == requests.count, let now = Self.revision(answer) else { throw incomplete(subject) }
      if revision == 0 { revision = now }
      for (index, place) in part.enumerated() {
        held[place.name] = SkyDNSName(
          name: place.name, path: place.path, exact: ranges[2 * index], below: ranges[2 * index + 1])
      }
    }
    return (held, revision)
  }

  private static func revision(_ answer: JSONValue) -> Int64? {
    answer["header"]?["revision"]?.string.flatMap { Int64($0) }
  }

  private func incomplete(_ subject: String) -> ProviderError {
    ProviderError(.incomplete, "\(subject): etcd's answer is not what its version 3 gives; nothing was read")
  }

  private func unservable(_ name: DomainName) -> ProviderError {
    ProviderError(
      .refused, "\(name): CoreDNS takes the labels any and * for wildcards and a slash for a dot: choose another name")
  }
}
