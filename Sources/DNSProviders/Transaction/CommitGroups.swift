import Federation

/// Gathers the commits that come while others are on their way, so that they go together: for providers that do one change
/// of a zone after the other, or count requests, and that take the names of many services almost as fast as one's.
///
/// Whoever leads a group writes for all of it; the others wait for what came of theirs. Urgent commits go first, and with
/// urgent ones alone. Commits that touch a common name never go together: the second must see what the first has done.
actor CommitGroups<Part: Sendable> {
  struct Member: Sendable {
    let batch: Batch
    let transaction: Transaction
    /// What it adds to a change of the provider's.
    let part: Part
    /// How much of what one change may hold it takes.
    var weight = 0

    /// Every name that is compared or written.
    fileprivate var names: Set<DomainName> {
      Set(transaction.steps.map(\.name)).union(transaction.pins.map(\.name)).union([batch.markName])
    }
  }

  /// What came of a commit, with the provider's name for the change that did it.
  typealias Outcome = Result<String?, ProviderError>

  private enum Turn: Sendable {
    /// Write these, the first of which is one's own, and then call ``CommitGroups/finish(_:)``.
    case lead([Member])
    /// Somebody else has written it.
    case done(Outcome)
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
  private let mostWeight: Int

  /// - Parameters:
  ///   - most: so many go together at most.
  ///   - weight: and so much.
  init(most: Int, weight: Int = .max) {
    self.most = most
    mostWeight = weight
  }

  /// Commits, by itself or along with others.
  ///
  /// - Parameter write: writes all of a group; what came of each, in their order.
  func commit(
    _ member: Member, write: @Sendable ([Member]) async -> [Outcome]
  ) async throws(ProviderError) -> String? {
    switch await join(member) {
    case .done(let outcome): return try outcome.get()
    case .lead(let group):
      let outcomes = await write(group)
      finish(outcomes)
      return try outcomes[0].get()
    }
  }

  /// Writes a group in one change, or, where that is refused because of one of them, each for itself: that tells whose.
  nonisolated static func together(
    _ group: [Member], all: ([Member]) async throws(ProviderError) -> String?,
    alone: (Member) async throws(ProviderError) -> String?
  ) async -> [Outcome] {
    if group.count > 1 {
      do throws(ProviderError) {
        let change = try await all(group)
        return group.map { _ in .success(change) }
      } catch {
        guard [.refused, .fenced].contains(error.code) else { return group.map { _ in .failure(error) } }
      }
    }
    var outcomes: [Outcome] = []
    for member in group {
      do throws(ProviderError) { outcomes.append(.success(try await alone(member))) } catch {
        outcomes.append(.failure(error))
      }
    }
    return outcomes
  }

  /// Waits for its turn, or until it was written along with others.
  private func join(_ member: Member) async -> Turn {
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
  private func finish(_ results: [Outcome]) {
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
    var weight = first.weight
    var rest: [Waiting] = []
    for next in waiting {
      let own = next.member.names
      guard group.count < most, next.member.weight <= mostWeight - weight,
        next.member.batch.isUrgent == first.batch.isUrgent,
        !solitary.contains(next.member.batch.service), names.isDisjoint(with: own)
      else {
        rest.append(next)
        // Who waits for a name keeps its place before later ones that want it too.
        names.formUnion(own)
        continue
      }
      names.formUnion(own)
      weight += next.member.weight
      group.append(next.member)
      followers.append(next.go)
    }
    waiting = rest
  }
}
