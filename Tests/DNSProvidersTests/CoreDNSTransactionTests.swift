import DNS
import DNSProviders
import Federation
import Foundation
import HTTPTransport
import Synchronization
import Testing

/// What a commit and a whole read ask of etcd, and what they do when it says no.
@Suite(
  .enabled(
    if: Bed.has("etcd", "etcdctl"), "there is no etcd on this machine (apt-get install etcd-server etcd-client)"),
  BedTrait("etcd"))
struct CoreDNSTransactionTests {
  /// Edits `during` a commit, after it has read and before it writes.
  private func commit(
    _ batch: Batch, edit during: @escaping @Sendable (EtcdHand) async throws -> Void
  ) async throws -> ProviderError? {
    let hand = try EtcdHand.current
    let between = try await FakeHTTPServer.start { request in
      do {
        if request.isWrite { try await during(hand) }
        return try await Self.pass(request, to: hand.url)
      } catch { return .cut }
    }
    let provider = try CoreDNSBed.provider(["http://127.0.0.1:\(between.port)"])
    let error = await CoreDNSBed.refusal { try await provider.commit(batch) }
    await between.stop()
    return error
  }

  private static func pass(_ request: FakeHTTPServer.Request, to url: String) async throws -> FakeHTTPServer.Reply {
    let response = try await HTTPTransport().send(
      HTTPRequest(method: request.method, url: url + request.target, body: request.body))
    return .answer(status: response.status, body: try await response.body.collect(upTo: 1 << 24))
  }

  /// Flat transactions, and nested ones: 4 and 400 names.
  @Test(arguments: [4, 400]) func etcdItselfFencesWhatChangesAfterTheRead(count: Int) async throws {
    let hand = try EtcdHand.current
    let provider = try CoreDNSBed.provider([hand.url])
    let service = try TestService("fenced\(count)")
    let sets = (0..<count).map { service.set("z\($0)", .a, "192.0.2.1") }
    let first = service.batch(nil, to: sets)
    try await provider.commit(first)
    let change = service.batch(
      first.next, from: sets, to: (0..<count).map { service.set("z\($0)", .a, "192.0.2.2") })
    let last = CoreDNSReader.path(sets[count - 1].name)
    let mark = CoreDNSReader.path(service.markName)
    let before = try await hand.below("/skydns/com/example")
    let edits: [(String, [EtcdHand.Edit], undo: [EtcdHand.Edit])] = [
      ("put beside", [("\(last)/x", Data(#"{"host":"203.0.113.1"}"#.utf8))], [("\(last)/x", nil)]),
      ("put whole", [(last, Data(#"{"host":"203.0.113.1"}"#.utf8))], [(last, nil)]),
      (
        "deleted", [("\(last)/zonetop-a-c0000201", nil)],
        before.filter { $0.key.hasPrefix(last + "/") }.map { ($0.key, $0.value) }
      ),
      (
        "mark deleted", [("\(mark)/zonetop-txt-0", nil)],
        before.filter { $0.key.hasPrefix(mark) }.map { ($0.key, $0.value) }
      ),
    ]
    for (what, edit, undo) in edits {
      let done = Mutex(false)
      let error = try await commit(change) { hand in
        if done.withLock({
          let was = $0; $0 = true; return !was
        }) {
          try await hand.edit(edit)
        }
      }
      #expect(error?.code == .fenced, "\(what): \(error?.description ?? "done")")
      try await hand.edit(undo)
      #expect(try await hand.below("/skydns/com/example") == before, "\(what)")
    }
    #expect(try await commit(change) { _ in } == nil)
    #expect(
      try await provider.read(service.key, names: sets.map(\.name)).recordSets.allSatisfy { $0.values == ["192.0.2.2"] }
    )
  }

  @Test func aChangeThatNoTransactionHoldsIsRefusedWhole() async throws {
    let provider = try CoreDNSBed.provider([try EtcdHand.current.url])
    let service = try TestService("huge")
    func set(_ count: UInt32) -> RecordSet {
      RecordSet(
        name: service.name(), type: .a, ttl: 180, values: (0..<count).map { IPAddress.v4(0x0A00_0000 + $0).description }
      )
    }
    let error = await CoreDNSBed.refusal { try await provider.commit(service.batch(nil, to: [set(5_000)])) }
    #expect(error?.code == .refused)
    #expect(error?.description.contains("--max-txn-ops") == true, "\(error?.description ?? "")")
    let large = await CoreDNSBed.refusal {
      try await provider.commit(service.batch(nil, to: [set(20_000)]))
    }
    #expect(large?.code == .refused)
    #expect(large?.description.contains("--max-request-bytes") == true, "\(large?.description ?? "")")
    #expect(try await provider.read(service.key, names: [service.name()]) == ZoneContents(recordSets: []))
    // What fits is done, in nested transactions of one revision.
    try await provider.commit(service.batch(nil, to: [set(4_000)]))
    #expect(try await provider.read(service.key, names: [service.name()]).recordSets == [set(4_000)])
  }

  @Test func servicesCommittedAtOnceDoNotDisturbOneAnother() async throws {
    let provider = try CoreDNSBed.provider([try EtcdHand.current.url])
    let services = try (0..<12).map { try TestService("atonce\($0)") }
    let first = services.map { service in
      service.batch(nil, to: [service.set(nil, .a, "192.0.2.1"), service.set("z1", .a, "192.0.2.1")])
    }
    let second = zip(services, first).map { service, batch in
      service.batch(batch.next, from: [service.set("z1", .a, "192.0.2.1")], to: [service.alias("z1", to: nil)])
    }
    for batches in [first, second] {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for batch in batches { group.addTask { try await provider.commit(batch) } }
        try await group.waitForAll()
      }
    }
    let marks = try await provider.readZone().marks
    for (service, batch) in zip(services, second) { #expect(marks[service.markName] == batch.next) }
  }
}
