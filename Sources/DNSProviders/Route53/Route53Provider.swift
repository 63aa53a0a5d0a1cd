package import Federation
import HTTPTransport
import Synchronization

/// The provider for hosted zones at Amazon Route 53.
///
/// A commit is one ChangeBatch of exact deletions and creations: it happens whole or not at all, and as the mark of the
/// generation before is deleted in it exactly, a late writer's batch fails (rule fenced). What several services wait to
/// commit goes in one, as an account has five requests a second. Reads are pages of 300 record
/// sets; what Route 53 acknowledges says nothing about its name servers, which read-back asks.
package struct Route53Provider: DNSProvider {
  package let kind = "route53"
  package let fence = Fence.transaction
  package let isMetered = true
  package let acknowledges = true
  /// As many as go together, and as many that gather meanwhile.
  package let concurrentCommits = 32
  package let zone: DomainName
  private let hostedZone: String
  private let federation: Federation
  private let client: Route53Client
  private let size = ZoneSize()
  private let groups = CommitGroups<[Route53XML.Change]>(most: 16, weight: mostCharacters)

  /// The most that one page may have.
  private static let page = 300
  /// The most values that one batch may have, and the most characters in them (the documented quotas).
  private static let mostValues = 1_000
  private static let mostCharacters = 32_000

  /// How many pages the zone had when it was last read in whole.
  private final class ZoneSize: Sendable {
    let pages = Mutex(1)
  }

  /// - Parameter hostedZone: its id, with or without `/hostedzone/` before it.
  package init(zone: DomainName, hostedZone: String, federation: Federation, client: Route53Client) {
    self.zone = zone
    self.hostedZone = String(hostedZone.split(separator: "/").last ?? "")
    self.federation = federation
    self.client = client
  }

  private var path: String { "/2013-04-01/hostedzone/\(hostedZone)/rrset" }

  // MARK: Reading

  package func readZone() async throws(ProviderError) -> ZoneContents {
    var sets: [Route53XML.RecordSet] = []
    var pages = 0
    var query: [(String, String)] = []
    while true {
      let page = try await list(query, limit: Self.page)
      sets += page.ResourceRecordSets.ResourceRecordSet ?? []
      pages += 1
      guard page.IsTruncated else { break }
      let next = Self.next(page)
      // A page that leads to itself would never end; half a zone is no zone (rule whole-reads).
      guard let next, next.map(\.1) != query.map(\.1) else {
        throw ProviderError(.incomplete, "reading the zone \(zone): Route 53 says that there is more, and not where")
      }
      query = next
    }
    let count = pages
    size.pages.withLock { $0 = count }
    return ZoneContents(route53: sets)
  }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    let wanted = Set(names + [try OwnershipMark.place(of: service, in: federation)])
    // Names of one service lie far apart in the listing: a call each, unless the whole zone takes fewer.
    guard wanted.count < size.pages.withLock({ $0 }) else {
      return try await readZone().restricted(to: wanted)
    }
    var sets: [Route53XML.RecordSet] = []
    for name in wanted.sorted() {
      var query = [("name", name.text + ".")]
      while true {
        // As many as may stand at one name: A, AAAA, CNAME, TXT and a few that are not ours to understand.
        let page = try await list(query, limit: 10)
        let found = page.ResourceRecordSets.ResourceRecordSet ?? []
        let here = found.filter { PresentationText.octal.name($0.Name) == name }
        sets += here
        guard page.IsTruncated, here.count == found.count, let next = Self.next(page) else { break }
        query = next
      }
    }
    return ZoneContents(route53: sets)
  }

  private func list(_ query: [(String, String)], limit: Int) async throws(ProviderError) -> Route53XML.ListResponse {
    try await client.send(
      Route53XML.ListResponse.self, "reading the zone \(zone)", path: path, query: query + [("maxitems", "\(limit)")])
  }

  private static func next(_ page: Route53XML.ListResponse) -> [(String, String)]? {
    guard let name = page.NextRecordName else { return nil }
    return [("name", name)] + (page.NextRecordType.map { [("type", $0)] } ?? [])
      + (page.NextRecordIdentifier.map { [("identifier", $0)] } ?? [])
  }

  // MARK: Writing

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    let changes = Route53XML.changes(batch, try deletions(of: batch))
    let weight = try weigh(changes, batch)
    let member = Member(batch: batch, transaction: try Transaction(batch), part: changes, weight: weight)
    return try await groups.commit(member) { group in
      await CommitGroups.together(group, all: send, alone: write)
    }
  }

  private typealias Member = CommitGroups<[Route53XML.Change]>.Member

  private func write(_ member: Member) async throws(ProviderError) -> String? {
    do throws(ProviderError) { return try await send([member]) } catch {
      guard error.code == .fenced else { throw error }
      // Route 53 deletes only what it is told exactly, TTL and all: that another TTL stands there fences nothing off.
      let held = try await self.held(member.transaction)
      if let violation = member.transaction.violation(held.at) { throw violation }
      let exact = Route53XML.changes(
        member.batch, try deletions(of: member.batch).map { held.set($0.key) ?? $0 })
      guard exact.map(\.text) != member.part.map(\.text) else { throw error }
      return try await send([Member(batch: member.batch, transaction: member.transaction, part: exact)])
    }
  }

  package func acknowledgement(of change: String) async throws(ProviderError) -> Acknowledgement? {
    do throws(ProviderError) {
      return try await client.send(
        Route53XML.ChangeResponse.self, "asking for the change \(cleanLine(change))",
        path: "/2013-04-01/change/\(percentEncoded(change))"
      ).acknowledgement
    } catch {
      // Changes are forgotten after a while.
      guard error.code == .gone else { throw error }
      return nil
    }
  }

  private func send(_ group: [Member]) async throws(ProviderError) -> String? {
    let (batch, isOne) = (group[0].batch, group.count == 1)
    let subject = isOne ? "\(batch.service)" : "\(group.count) services"
    let comment = isOne ? "\(subject), generation \(batch.next?.generation ?? 0)" : subject
    let request = Route53XML.ChangeRequest(
      ChangeBatch: .init(Comment: "zonetop: \(comment)", Changes: .init(Change: group.flatMap(\.part))))
    let body: [UInt8]
    do { body = try Route53XML.encode(request, as: "ChangeResourceRecordSetsRequest") } catch {
      throw ProviderError(.refused, "\(subject): the change cannot be written as XML")
    }
    let answer = try await client.send(
      Route53XML.ChangeResponse.self, "changing \(subject) in \(zone)", method: "POST", path: path + "/",
      body: body,
      urgency: batch.isUrgent ? .failover : .repair)
    return answer.id
  }

  private func deletions(of batch: Batch) throws(ProviderError) -> [HeldRecordSet] {
    var sets: [HeldRecordSet] = []
    for change in batch.changes { if let before = change.before { sets.append(try HeldRecordSet(before)) } }
    if let mark = batch.expected { sets.append(HeldRecordSet(mark, at: batch.markName)) }
    return sets
  }

  private func held(_ transaction: Transaction) async throws(ProviderError) -> HeldSets {
    var sets: [HeldRecordSet] = []
    for name in Set(transaction.pins.map(\.name)).sorted() {
      let page = try await list([("name", name.text + ".")], limit: 10)
      sets += (page.ResourceRecordSets.ResourceRecordSet ?? []).compactMap(HeldRecordSet.init).filter {
        $0.name == name
      }
    }
    return HeldSets(sets)
  }

  /// How much of a batch its changes take, in characters, of which as many count for a value as there are of each.
  private func weigh(_ changes: [Route53XML.Change], _ batch: Batch) throws(ProviderError) -> Int {
    if let outside = batch.changes.first(where: { !$0.name.isSubdomain(of: zone) }) {
      throw ProviderError(.refused, "\(outside.name) is not in the zone \(zone): correct dns.route53.hostedZone")
    }
    let values = changes.flatMap { $0.ResourceRecordSet.ResourceRecords?.ResourceRecord ?? [] }
    let characters = values.reduce(0) { $0 + $1.Value.utf8.count }
    guard values.count > Self.mostValues || characters > Self.mostCharacters else {
      return max(characters, values.count * (Self.mostCharacters / Self.mostValues))
    }
    throw ProviderError(
      .refused,
      "\(batch.service) changes \(values.count) values of \(characters) characters; Route 53 takes \(Self.mostValues) of \(Self.mostCharacters) at once, and a change is all or nothing: give the service fewer zones"
    )
  }
}

/// What a read found, by name and type.
struct HeldSets: Sendable {
  private let byName: [DomainName: [HeldRecordSet]]

  init(_ sets: [HeldRecordSet]) { byName = Dictionary(grouping: sets, by: \.name) }

  func at(_ name: DomainName) -> [HeldRecordSet] { byName[name] ?? [] }
  func set(_ key: RecordKey) -> HeldRecordSet? { at(key.name).first { $0.type == key.type } }
}
