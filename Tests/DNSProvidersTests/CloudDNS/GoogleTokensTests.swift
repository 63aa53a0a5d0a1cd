import DNSProviders
import Federation
import Foundation
import Synchronization
import Testing

/// Keeping and renewing tokens, and what is said of tokens that may not do what is asked.
struct GoogleTokensTests {
  /// Gives numbered tokens, and counts how many were asked for at once.
  private final class Source: GoogleTokenSource {
    struct State: Sendable {
      var count = 0
      var atOnce = 0
      var most = 0
      var life = Duration.seconds(3_600)
      var error: ProviderError?
    }

    let who = "the source"
    let state = Mutex(State())

    func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken {
      state.withLock {
        $0.count += 1
        $0.atOnce += 1
        $0.most = max($0.most, $0.atOnce)
      }
      for _ in 0..<20 { await Task.yield() }
      let seen = state.withLock { state in
        state.atOnce -= 1
        return state
      }
      if let error = seen.error { throw error }
      return GoogleToken(secret: "token-\(seen.count)", expires: now + seen.life)
    }

    var count: Int { state.withLock { $0.count } }
  }

  @Test func isRenewedAMinuteBeforeItsEnd() async throws {
    let (source, time) = (Source(), SteppedTime())
    let tokens = GoogleTokens(source) { time.now }
    #expect(try await tokens.current().secret == "token-1")
    time.advance(by: .seconds(3_539))
    #expect(try await tokens.current().secret == "token-1")
    time.advance(by: .seconds(1))
    #expect(try await tokens.current().secret == "token-2")
    #expect(source.count == 2)
  }

  @Test func isGotOnceForAllWhoWait() async throws {
    let (source, time) = (Source(), SteppedTime())
    let tokens = GoogleTokens(source) { time.now }
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await tokens.current().secret } }
      for try await secret in group { #expect(secret == "token-1") }
    }
    #expect(source.state.withLock { $0.most } == 1)
    #expect(source.count == 1)
  }

  @Test func theOldOneServesWhileNoNewOneCanBeHad() async throws {
    let (source, time) = (Source(), SteppedTime())
    let tokens = GoogleTokens(source) { time.now }
    _ = try await tokens.current()
    source.state.withLock { $0.error = ProviderError(.unreachable, "nobody there") }
    time.advance(by: .seconds(3_599))
    #expect(try await tokens.current().secret == "token-1")
    time.advance(by: .seconds(1))
    #expect(await googleError { try await tokens.current() }?.code == .unreachable)
  }

  @Test func oneWithLittleLifeIsNotAskedForEveryTime() async throws {
    let (source, time) = (Source(), SteppedTime())
    source.state.withLock { $0.life = .seconds(40) }
    let tokens = GoogleTokens(source) { time.now }
    for _ in 0..<20 {
      _ = try await tokens.current()
      time.advance(by: .seconds(1))
    }
    #expect(source.count == 1)
    _ = try await tokens.current()
    #expect(source.count == 2)
  }

  @Test func aRefusedOneIsForgottenAndALaterOneStays() async throws {
    let (source, time) = (Source(), SteppedTime())
    let tokens = GoogleTokens(source) { time.now }
    let first = try await tokens.current()
    await tokens.refuse(first)
    #expect(try await tokens.current().secret == "token-2")
    await tokens.refuse(first)
    #expect(try await tokens.current().secret == "token-2")
  }

  @Test func aRevokedTokenIsRenewedOnceAndThenRefused() async throws {
    try await CloudDNSBed.run { bed in
      let provider = try bed.provider()
      _ = try await provider.readZone()
      bed.cloud.change { $0.tokens.revokeAll() }
      _ = try await provider.readZone()
      #expect(bed.cloud.look(\.tokens.requests) == 2)
      bed.cloud.change {
        $0.tokens.isCareless = true
        $0.tokens.life = 1
      }
      // Over before it is used, by the server's clock.
      bed.cloud.change { $0.tokens.revokeAll() }
      let time = bed.time
      let slow = GoogleTokens(
        try GoogleCredentials.file(bed.folder.appending(path: "key.json").path, api: try bed.api())
      ) {
        let now = time.now
        time.advance(by: .seconds(2))
        return now
      }
      let broken = CloudDNSProvider(
        zone: DomainName(canonical: "example.com"), federation: TestService.federation, project: "p1",
        managedZone: "example-com", endpoint: bed.endpoint, tokens: slow, api: try bed.api())
      bed.network.forget()
      let error = await googleError { try await broken.readZone() }
      #expect(error?.code == .unauthorized)
      #expect(error?.description.contains("401") == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("writer@p1") == true)
      #expect(error?.description.contains("ya29") == false, "\(error?.description ?? "")")
      #expect(bed.network.seen.count == 2)
    }
  }

  @Test func missingRightsAreNamed() async throws {
    try await CloudDNSBed.run { bed in
      let service = try TestService("rights")
      let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
      func failure(
        _ words: String..., doing body: (CloudDNSProvider) async throws -> Void
      ) async throws {
        let provider = try bed.provider()
        let error = await googleError { try await body(provider) }
        #expect(error?.code == .unauthorized)
        for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
      }
      bed.cloud.change { $0.permissions = ["dns.resourceRecordSets.list"] }
      try await failure("dns.changes.create", "roles/dns.admin", "writer@p1", "p1") { try await $0.commit(batch) }
      bed.cloud.change { $0.permissions = [] }
      try await failure("dns.resourceRecordSets.list", "roles/dns.admin") { _ = try await $0.readZone() }
      bed.cloud.change { $0.tokens.granted = [GoogleScopes.read] }
      try await failure("scope", GoogleScopes.write) { try await $0.commit(batch) }
      bed.cloud.change { $0.tokens.granted = ["https://www.googleapis.com/auth/userinfo.email"] }
      try await failure("scope", GoogleScopes.write) { _ = try await $0.readZone() }
      bed.cloud.change {
        $0.tokens.granted = nil
        $0.isEnabled = false
      }
      try await failure("gcloud services enable dns.googleapis.com --project p1") { _ = try await $0.readZone() }
    }
  }
}
