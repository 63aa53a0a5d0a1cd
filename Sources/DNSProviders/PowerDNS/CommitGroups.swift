import Federation
import JSON

/// Gathers the commits that come while others are on their way, so that they go together: PowerDNS cannot compare and
/// write at once, so that only one may be under way, and it takes the names of many services almost as fast as one's.
///
/// Whoever leads a group writes for all of it; the others wait for what came of theirs. Urgent commits go first, and with
/// urgent ones alone. Commits that touch a common name never go together: the second must see what the first has done.
actor CommitGroups {
  struct Member: Sendable {
    let batch: Batch
    let transaction: Transaction
    /// Its part of a PATCH.
    let sets: [JSONValue]

    /// Every name that is compared or written.
    fileprivate var names: Set<DomainName> {
      Set(transaction.steps.map(\.name)).union(transaction.pins.map(\.name)).union([batch.markName])
    }
  }

  enum Turn: Sendable {
    /// Write these, the first of which is one's own, and then call ``CommitGroups/finish(_:)``.
    case lead([Member])
    /// Somebody else has written it.
    case done(Result<Void, ProviderError>)
  }

  private typealias Waiting = (member: Member, go: CheckedContinuation<Turn, Never>)

  private var isBusy = false
  private var waiting: [Waiting] = []
  /// Those on their way, the leader first.
  private var group: [Member] = []
  private var followers: [CheckedContinuation<Turn, Never>] = []
  /// Services that failed in company: whose fault it was is not known, so that the next time each goes alone (rule
  /// isolation).
  private var solitary: Set<ServiceKey> = []
  private let most: Int

  /// - Parameter most: so many go together at most.
  init(most: Int) { self.most = most }

  /// Waits for its turn, or until it was written along with others.
  func join(_ member: Member) async -> Turn {
    guard isBusy else {
      isBusy = true
      group = [member]
      return .lead(group)
    }
    return await withCheckedContinuation { go in
      let index = member.batch.isUrgent ? waiting.firstIndex { !$0.member.batch.isUrgent } : nil
      waiting.insert((member, go), at: index ?? waiting.count)
    }
  }

  /// Tells everybody in the group what came of theirs, in its order, and lets the next group go.
  func finish(_ results: [Result<Void, ProviderError>]) {
    for (member, result) in zip(group, results) {
      switch result {
      case .success: solitary.remove(member.batch.service)
      case .failure(let error) where error.code != .fenced && group.count > 1: solitary.insert(member.batch.service)
      case .failure: break
      }
    }
    for (go, result) in zip(followers, results.dropFirst()) { go.resume(returning: .done(result)) }
    followers = []
    startNext()
  }

  private func startNext() {
    guard !waiting.isEmpty else {
      isBusy = false
      return
    }
    let first = waiting.removeFirst()
    group = [first.member]
    if !solitary.contains(first.member.batch.service) { gather(around: first.member) }
    first.go.resume(returning: .lead(group))
  }

  private func gather(around first: Member) {
    var names = first.names
    var rest: [Waiting] = []
    for next in waiting {
      let own = next.member.names
      guard group.count < most, next.member.batch.isUrgent == first.batch.isUrgent,
        !solitary.contains(next.member.batch.service), names.isDisjoint(with: own)
      else {
        rest.append(next)
        // Who waits for a name keeps its place before later ones that want it too.
        names.formUnion(own)
        continue
      }
      names.formUnion(own)
      group.append(next.member)
      followers.append(next.go)
    }
    waiting = rest
  }
}
