import DNS
import DNSProviders
import Federation
import Testing

/// A provider under test, with the server that serves its zone and a hand that edits the zone behind its back.
struct Subject: Sendable {
  let provider: any DNSProvider
  let server: ServerAddress
  /// Removes record sets and puts others, without asking anybody.
  let edit: @Sendable (_ removals: [RecordKey], _ sets: [HeldRecordSet]) async throws -> Void

  /// What a resolver would be told.
  func ask(_ name: DomainName, _ type: ResourceType) async throws -> Message {
    try await DNSClient.standard.query(Question(name: name, type: type), at: server, flags: []).message
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
