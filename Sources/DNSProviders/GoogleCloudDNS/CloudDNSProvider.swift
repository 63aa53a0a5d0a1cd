package import Federation
import JSON
import Synchronization

/// The provider for public managed zones of Google Cloud DNS, through its API v1.
///
/// A commit is one `Change`: it deletes the mark of the generation it was planned on, exactly as it is held, and adds the
/// next one's, so that a late writer changes nothing. What several services wait to commit goes in one. What a change answers (`pending`, `done`) is about sending, not about
/// serving: it is shown, and not relied on. Record sets with a routing policy are shown and never changed.
package struct CloudDNSProvider: DNSProvider {
  package let kind = "googleCloudDNS"
  package let fence = Fence.transaction
  package let acknowledges = true
  /// As many as go together, and as many that gather meanwhile.
  package let concurrentCommits = 32
  package let zone: DomainName
  let managedZone: String
  let client: CloudDNSClient
  let pages = PageCount()
  private let federation: Federation
  private let groups = CommitGroups<CloudChange>(most: 16, weight: CloudChange.most)

  /// Where the API is.
  package static let endpoint = "https://dns.googleapis.com/"

  /// - Parameters:
  ///   - zone: the managed zone's DNS name.
  ///   - project: the project's ID or number.
  ///   - managedZone: the managed zone's name within the project, or its number.
  ///   - endpoint: the root of the API.
  ///   - tokens: shows who writes.
  package init(
    zone: DomainName, federation: Federation, project: String, managedZone: String,
    endpoint: String = CloudDNSProvider.endpoint, tokens: GoogleTokens, api: ProviderAPI
  ) {
    self.zone = zone
    self.federation = federation
    self.managedZone = managedZone
    client = CloudDNSClient(project: project, endpoint: endpoint, tokens: tokens, api: api)
  }

  package func readZone() async throws(ProviderError) -> ZoneContents { ZoneContents(try await wholeZone()) }

  package func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents {
    ZoneContents(try await held(names + [try OwnershipMark.place(of: service, in: federation)]))
  }

  @discardableResult
  package func commit(_ batch: Batch) async throws(ProviderError) -> String? {
    let transaction = try Transaction(batch)
    let planned = CloudChange(transaction)
    let member = Member(batch: batch, transaction: transaction, part: planned, weight: planned.weight)
    return try await groups.commit(member) { group in
      await CommitGroups.together(group, all: write, alone: write)
    }
  }

  private typealias Member = CommitGroups<CloudChange>.Member

  private func write(_ group: [Member]) async throws(ProviderError) -> String? {
    switch try await make(CloudChange(joining: group.map(\.part)), group[0].urgency) {
    case .made(let id): return id
    case .conflicting(let error): throw error
    }
  }

  private func write(_ member: Member) async throws(ProviderError) -> String? {
    let (planned, transaction, urgency) = (member.part, member.transaction, member.urgency)
    let conflict: ProviderError
    switch try await make(planned, urgency) {
    case .made(let id): return id
    case .conflicting(let error): conflict = error
    }
    // The answer names one record set by its place in the change at most: reading them all tells a person which.
    let sets: [CloudRecordSet]
    do throws(ProviderError) { sets = try await held(transaction.pins.map(\.name), urgency) } catch { throw conflict }
    let byName = Dictionary(grouping: sets, by: \.held.name)
    if let violation = transaction.violation({ (byName[$0] ?? []).map(\.held) }) { throw violation }
    let found = CloudChange(transaction, held: Dictionary(sets.map { ($0.key, $0) }) { first, _ in first })
    if let obstacle = found.obstacle { throw obstacle }
    // All that was planned on is there, in other words: another TTL, another order of the values.
    guard found != planned else { throw conflict }
    switch try await make(found, urgency) {
    case .made(let id): return id
    case .conflicting(let error): throw error
    }
  }

  package func acknowledgement(of change: String) async throws(ProviderError) -> Acknowledgement? {
    let call = CloudDNSCall(
      subject: "asking for the change \(cleanLine(change)) of the managed zone \(managedZone)",
      permission: "dns.changes.get", path: client.path(managedZone, "changes", change))
    return try await client.json(call)["status"]?.string.flatMap(Acknowledgement.init)
  }

  /// What came of a change that the server understood.
  private enum Outcome {
    /// With the name that Cloud DNS gives it.
    case made(String?)
    /// The zone's contents do not allow it.
    case conflicting(ProviderError)
  }

  private func make(_ change: CloudChange, _ urgency: RequestPace.Urgency) async throws(ProviderError) -> Outcome {
    let call = CloudDNSCall(
      subject: "changing the managed zone \(managedZone)",
      permission: "dns.changes.create or dns.resourceRecordSets.create, .update, .delete", method: "POST",
      path: client.path(managedZone, "changes"), body: change.json, urgency: urgency, readsConflicts: true)
    let (answer, failure) = try await client.send(call)
    guard let failure else {
      // Something else on the way may answer 200 as well. Whether it is `pending` or `done` says nothing about serving.
      guard ["pending", "done"].contains(answer.json?["status"]?.string) else {
        throw ProviderError(
          .incomplete, "\(call.subject): the answer is no change of Cloud DNS; read again before the next")
      }
      return .made(answer.json?["id"]?.string.map { cleanText($0, limit: 64) })
    }
    let text = "\(call.subject): \(failure.message) (\(failure.status))"
    return .conflicting(
      failure.status == 400
        ? ProviderError(.refused, text)
        : ProviderError(.fenced, "\(text): somebody else has written since; nothing was changed, plan anew"))
  }

  /// How many calls the last read of the whole zone took.
  final class PageCount: Sendable {
    /// A zone holds 10,000 record sets unless its quota was raised, and a page 1,000.
    let last = Mutex(10)
  }
}

extension CommitGroups.Member {
  fileprivate var urgency: RequestPace.Urgency { batch.isUrgent ? .failover : .repair }
}
