import DNS
import DNSProviders
import Federation
import Testing

@Suite struct TransactionTests {
  @Test func deletesComeBeforeAddsAtEveryNameAndTheMarkLast() throws {
    let service = try TestService("nginx")
    let mark = OwnershipMark(federation: "myfederation", generation: 4, writer: "w", sets: [])
    let transaction = try Transaction(
      service.batch(
        mark, from: [service.set("z1", .a, "192.0.2.1"), service.set("z1", .aaaa, "2001:db8::1")],
        to: [service.alias("z1", to: nil), service.set("z2", .a, "192.0.2.2")]))
    #expect(transaction.steps.map(\.name) == [service.name("z1"), service.name("z2"), service.markName])
    #expect(transaction.steps[0].removals == [.a, .aaaa])
    #expect(transaction.steps[0].additions.map(\.type) == [.cname])
    #expect(transaction.pins.first == .holds(HeldRecordSet(mark, at: service.markName)))
    #expect(transaction.pins.contains(.missing(service.name("z1"), .txt)))
    #expect(transaction.pins.contains(.missing(service.name("z1"), .mx)))
    #expect(transaction.pins.contains(.missing(service.name("z2"), .cname)))
    #expect(transaction.pins.contains(.missing(service.name("z2"), .a)))
  }

  @Test func aNewServiceAndANewAliasNeedFreeNames() throws {
    let service = try TestService("nginx")
    let transaction = try Transaction(service.batch(nil, to: [service.alias("z1", to: nil)]))
    #expect(transaction.pins == [.free(service.markName), .free(service.name("z1"))])
  }

  @Test func aChangeThatNamesAnotherNameIsRefused() throws {
    let service = try TestService("nginx")
    var batch = service.batch(nil, to: [service.set("z1", .a, "192.0.2.1")])
    batch.changes[0].name = service.name("z2")
    #expect(throws: ProviderError.self) { try Transaction(batch) }
  }
}
