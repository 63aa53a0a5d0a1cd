import DNS
import DNSProviders
import Federation
import Testing

/// A provider under test, with a way to ask what its zone answers and a hand that edits the zone behind its back.
struct Subject: Sendable {
  let provider: any DNSProvider
  /// What is armed to go wrong next; nil where the way to the server cannot be disturbed.
  var faults: Faults?
  /// How many services of 200 record sets each it is to hold at once: 10,000 sets, unless the server is an emulator that
  /// needs minutes for them.
  var scale = 50
  /// Asks as a resolver would.
  private let question: @Sendable (Question) async throws -> Message
  /// Removes record sets and puts others, without asking anybody.
  let edit: @Sendable (_ removals: [RecordKey], _ sets: [HeldRecordSet]) async throws -> Void

  /// How to make the way to a server go wrong.
  struct Faults: Sendable {
    /// The next commit is done, and its reply lost.
    var loseNextReply: @Sendable () -> Void
    /// The next so many requests are refused as too many.
    var throttle: @Sendable (Int) -> Void
    /// Half of the answer to the next read arrives.
    var halveNextRead: @Sendable () -> Void
    /// Whether everything that was armed has happened.
    var areSpent: @Sendable () -> Bool
  }

  init(
    provider: any DNSProvider, faults: Faults? = nil, ask: @escaping @Sendable (Question) async throws -> Message,
    edit: @escaping @Sendable (_ removals: [RecordKey], _ sets: [HeldRecordSet]) async throws -> Void
  ) {
    self.provider = provider
    self.faults = faults
    question = ask
    self.edit = edit
  }

  init(
    provider: any DNSProvider, server: ServerAddress, faults: Faults? = nil,
    edit: @escaping @Sendable (_ removals: [RecordKey], _ sets: [HeldRecordSet]) async throws -> Void
  ) {
    self.init(
      provider: provider, faults: faults,
      ask: { try await DNSClient.standard.query($0, at: server, flags: []).message }, edit: edit)
  }

  /// What a resolver would be told.
  func ask(_ name: DomainName, _ type: ResourceType) async throws -> Message {
    try await question(Question(name: name, type: type))
  }

  func read(_ service: TestService, _ names: DomainName...) async throws -> ZoneContents {
    try await provider.read(service.key, names: names)
  }

  /// The mark that stands now.
  func mark(_ service: TestService) async throws -> OwnershipMark? {
    try await read(service).marks[service.markName]
  }

  /// Publishes sets of a service for the first time.
  @discardableResult
  func publish(_ service: TestService, _ sets: RecordSet...) async throws -> OwnershipMark {
    let batch = service.batch(nil, to: sets)
    try await provider.commit(batch)
    return try #require(batch.next)
  }

  /// Commits and returns the error that this must end in.
  func refusal(_ batch: Batch) async -> ProviderError? {
    do throws(ProviderError) { try await provider.commit(batch) } catch { return error }
    return nil
  }

  /// Puts a foreign record set.
  func put(_ set: RecordSet) async throws { try await edit([], [try HeldRecordSet(set)]) }
}
