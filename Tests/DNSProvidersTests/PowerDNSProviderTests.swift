import DNS
import DNSProviders
import Federation
import HTTPTransport
import Testing

/// One after another: over SQLite PowerDNS answers some of several writers at once with an error.
@Suite(.serialized, .needsPowerDNS, BedTrait("pdns"))
struct PowerDNSProviderTests {
  @Test func whatSeveralServicesWaitToCommitGoesInOneChange() async throws {
    try await PowerDNSBed.run { bed in
      try await Grouping(
        provider: { bed.provider() }, writes: { bed.proxy.seen.count { $0.hasPrefix("PATCH") } },
        forget: { bed.proxy.forget() }
      ).check()
    }
  }

  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await PowerDNSBed.run { bed in try await behaviour.check(bed.subject) }
  }

  private func refusal<Answer>(_ body: () async throws -> Answer) async -> ProviderError? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? ProviderError
    }
  }

  @Test func aWrongKeyIsOneClearLine() async throws {
    try await PowerDNSBed.run { bed in
      let secret = "wrong-0123456789"
      let service = try TestService("wrongkey")
      let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
      let wrong = bed.provider(key: try APIKey("\(secret)\n"))
      for error in [await refusal { try await wrong.commit(batch) }, await refusal { try await wrong.readZone() }] {
        #expect(error?.code == .unauthorized)
        #expect(error?.description.contains("X-API-Key") == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("`api-key`") == true)
        #expect(error?.description.contains("\n") == false)
        #expect(error?.description.contains(secret) == false)
      }
      #expect(try await bed.provider().read(service.key, names: [service.name()]) == ZoneContents(recordSets: []))
    }
  }

  @Test(arguments: [("example.org", "localhost"), ("example.com", "elsewhere")])
  func anUnknownZoneOrServerIsOneClearLine(zone: String, server: String) async throws {
    try await PowerDNSBed.run { bed in
      let error = await refusal { try await bed.provider(zone: zone, server: server).readZone() }
      #expect(error?.code == .unauthorized)
      #expect(error?.description.contains("knows no zone \(zone) on the server \(server)") == true)
    }
  }

  @Test func aSetWithoutAValueIsNeverSent() async throws {
    try await PowerDNSBed.run { bed in
      let service = try TestService("empty")
      let address = service.set(nil, .a, "192.0.2.1")
      let mark = try await bed.subject.publish(service, address)
      bed.proxy.forget()
      let batch = service.batch(mark, from: [address], to: [service.set(nil, .a)])
      #expect(await refusal { try await bed.provider().commit(batch) }?.code == .refused)
      #expect(bed.proxy.seen.isEmpty)
      #expect(try await bed.subject.read(service, service.name()).recordSets == [address])
    }
  }

  @Test func aCommitReadsOnlyItsNamesAndIsOnePatch() async throws {
    try await PowerDNSBed.run { bed in
      let service = try TestService("lean")
      let subject = bed.subject
      _ = try await subject.provider.readZone()
      bed.proxy.forget()
      try await subject.publish(service, service.set(nil, .a, "192.0.2.1"), service.set("r1", .a, "192.0.2.1"))
      let seen = bed.proxy.seen
      #expect(seen.count == 4)
      #expect(seen.dropLast().allSatisfy { $0.hasPrefix("GET ") && $0.contains("?rrset_name=") })
      #expect(seen.last == "PATCH /api/v1/servers/localhost/zones/example.com.")
    }
  }

  @Test func whatSomebodySwitchedOffForLaterStaysAndIsShown() async throws {
    try await PowerDNSBed.run { bed in
      let service = try TestService("parked")
      let mark = try await bed.subject.publish(service, service.set(nil, .a, "192.0.2.1"))
      try await bed.edit([bed.change(service.name("z1"), "A", "REPLACE", 180, ["203.0.113.9"], isDisabled: true)])
      let parked = service.set("z1", .a, "203.0.113.9")
      let subject = bed.subject
      #expect(try await subject.provider.readZone().recordSets.contains(parked))
      #expect(try await subject.read(service, service.name("z1")).recordSets == [parked])
      for set in [service.set("z1", .a, "192.0.2.1"), service.alias("z1", to: nil)] {
        let error = await subject.refusal(service.batch(mark, to: [set]))
        #expect(error?.code == .fenced)
        #expect(error?.description.contains("203.0.113.9, disabled") == true, "\(error?.description ?? "")")
      }
      #expect(try await bed.subject.ask(service.name("z1"), .a).answers.isEmpty)
    }
  }

  @Test func whatSomebodySwitchedOffOfOursIsMissingAndPutRight() async throws {
    try await PowerDNSBed.run { bed in
      let service = try TestService("off")
      let address = service.set(nil, .a, "192.0.2.1")
      let mark = try await bed.subject.publish(service, address)
      try await bed.edit([bed.change(service.name(), "A", "REPLACE", 180, ["192.0.2.1"], isDisabled: true)])
      let contents = try await bed.subject.read(service, service.name())
      #expect(contents == ZoneContents(recordSets: [], marks: [service.markName: mark]))
      try await bed.provider().commit(service.batch(mark, to: [address]))
      #expect(try await bed.subject.ask(service.name(), .a).answers.count == 1)
    }
  }

  @Test func aServerThatCannotCompareIsReadRightBefore() async throws {
    try await PowerDNSBed.run { bed in
      let service = try TestService("types")
      let mark = try await bed.subject.publish(service, service.set(nil, .a, "192.0.2.1"))
      try await bed.edit([
        bed.change(service.name("mx"), "MX", "REPLACE", 180, ["10 mail.example.org."]),
        bed.change(service.name("lua"), "LUA", "REPLACE", 180, [#"A "ifportup(80, {'192.0.2.9'})""#]),
      ])
      for (set, type) in [(service.alias("mx", to: nil), "MX"), (service.set("lua", .a, "192.0.2.1"), "LUA")] {
        let error = await bed.subject.refusal(service.batch(mark, to: [set]))
        #expect(error?.code == .fenced)
        #expect(error?.description.contains("already holds \(type)") == true, "\(error?.description ?? "")")
      }
      try await bed.subject.provider.commit(service.batch(mark, to: [service.set("mx", .a, "192.0.2.1")]))
    }
  }
}
