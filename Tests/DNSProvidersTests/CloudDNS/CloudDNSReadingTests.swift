import DNS
import DNSProviders
import Federation
import JSON
import Testing

/// Whole reads: many pages, odd names, lists that break or are out of date.
struct CloudDNSReadingTests {
  @Test func aZoneOfManyPagesIsReadWholeAndAChangeIsOneCall() async throws {
    try await CloudDNSBed.run { bed in
      bed.cloud.change { state in
        state.zone.limits.sets = 20_000
        for index in 0..<10_000 {
          state.zone.put(
            CloudZone.Entry(name: "n\(index).example.com.", type: "A", ttl: 60, rrdatas: ["192.0.2.\(index % 250)"]))
        }
      }
      let provider = try bed.provider()
      #expect(try await provider.readZone().recordSets.count == 10_000)
      #expect(bed.network.seen.count == 11, "10,000 record sets with SOA and NS, 1,000 a page")
      let service = try TestService("large")
      bed.network.forget()
      let batch = service.batch(nil, to: (0..<900).map { service.set("zone-\($0)", .a, "192.0.2.1") })
      try await provider.commit(batch)
      #expect(bed.network.seen.count == 1)
      bed.network.forget()
      let contents = try await provider.read(service.key, names: batch.changes.map(\.name))
      #expect(contents.recordSets.count == 900)
      #expect(bed.network.seen.count == 11, "reading the whole zone takes fewer calls than 901 names")
      bed.network.forget()
      #expect(try await provider.read(service.key, names: [service.name("zone-1")]).recordSets.count == 1)
      #expect(bed.network.seen.count == 2)
    }
  }

  @Test func oddButTrueNamesAreRead() async throws {
    try await CloudDNSBed.run { bed in
      let sets = [
        ("*.example.com.", "A", "192.0.2.1"), ("_dmarc.example.com.", "TXT", "plain"),
        ("a\\032b.example.com.", "AAAA", "2001:DB8:0:0::1"), ("UPPER.Example.com.", "CNAME", "Target.example.NET."),
        ("example.com.", "TXT", "\"v=spf1 -all\" \"\\\"q\\\"\""),
      ]
      bed.cloud.change { state in
        for (name, type, value) in sets {
          state.zone.put(CloudZone.Entry(name: name, type: type, ttl: 0, rrdatas: [value]))
        }
      }
      let read = try await bed.provider().readZone().recordSets
      #expect(
        read.map { "\($0.name) \($0.values)" } == [
          #"*.example.com ["192.0.2.1"]"#, #"_dmarc.example.com ["plain"]"#, #"a\032b.example.com ["2001:db8::1"]"#,
          #"example.com ["v=spf1 -all\"q\""]"#, #"upper.example.com ["target.example.net"]"#,
        ])
    }
  }

  @Test func aPageTokenThatExpiresBeginsTheListAnewAndHalfOfItIsNeverTaken() async throws {
    try await CloudDNSBed.run { bed in
      bed.cloud.change { state in
        state.pageSize = 2
        for index in 0..<9 {
          state.zone.put(CloudZone.Entry(name: "n\(index).example.com.", type: "A", ttl: 60, rrdatas: ["192.0.2.1"]))
        }
      }
      let provider = try bed.provider()
      #expect(try await provider.readZone().recordSets.count == 9)
      let gone = GoogleRefusal.invalid("parameters.pageToken", "gone").reply
      bed.network.next(.answer(gone)) { $0.target.contains("pageToken") }
      #expect(try await provider.readZone().recordSets.count == 9)
      bed.network.next(.answer(gone), times: 2) { $0.target.contains("pageToken") }
      #expect(await googleError { try await provider.readZone() }?.code == .incomplete)
      let broken = FakeHTTPServer.Reply.googleJSON(["rrsets": [["name": "x.example.com.", "type": "A", "ttl": 5]]])
      let twice = FakeHTTPServer.Reply.googleJSON([
        "rrsets": .array(
          Array(repeating: ["name": "x.example.com.", "type": "A", "ttl": 5, "rrdatas": ["192.0.2.1"]], count: 2))
      ])
      let endless = FakeHTTPServer.Reply.googleJSON(["rrsets": [], "nextPageToken": "again"])
      for reply in [
        broken, twice, .googleJSON([]), .googleJSON([:]), .googleJSON(["rrsets": []]), .googleJSON(["rrsets": 7]),
        .answer(status: 200, body: Array("<html>".utf8)),
      ] {
        bed.network.next(.answer(reply), times: 2)
        #expect(await googleError { try await provider.readZone() }?.code == .incomplete)
        #expect(bed.network.isSpent)
      }
      bed.network.next(.answer(endless), times: 4)
      #expect(await googleError { try await provider.readZone() }?.code == .incomplete)
    }
  }

  @Test func aStaleListCannotMakeALateWriterWrite() async throws {
    try await CloudDNSBed.run { bed in
      let subject = try bed.subject()
      let service = try TestService("stale")
      let first = service.set(nil, .a, "192.0.2.1")
      let mark = try await subject.publish(service, first)
      let old = bed.cloud.look(\.zone)
      let second = service.set(nil, .a, "192.0.2.2")
      try await subject.provider.commit(service.batch(mark, from: [first], to: [second]))
      bed.cloud.change { $0.stale = (old, 2) }
      // What the list shows agrees with the late plan; only the server knows better.
      let refusal = await subject.refusal(service.batch(mark, from: [first], to: [service.set(nil, .a, "192.0.2.66")]))
      #expect(refusal?.code == .fenced)
      #expect(bed.cloud.look { $0.stale == nil })
      #expect(try await subject.read(service, service.name()).recordSets == [second])
    }
  }

  @Test func whatIsAcknowledgedMayBeServedLater() async throws {
    try await CloudDNSBed.run { bed in
      bed.cloud.change { $0.isServedLate = true }
      let subject = try bed.subject()
      let service = try TestService("later")
      try await subject.publish(service, service.set(nil, .a, "192.0.2.1"))
      #expect(try await subject.read(service, service.name()).recordSets.count == 1)
      #expect(try await subject.ask(service.name(), .a).responseCode == .nameError)
      try bed.cloud.serve()
      #expect(try await subject.ask(service.name(), .a).answers.count == 1)
    }
  }

  @Test func aManagedZoneOfAnotherDomainIsOneLine() async throws {
    try await CloudDNSBed.run { bed in
      let error = await googleError { try await bed.provider(zone: "example.org").readZone() }
      #expect(error?.code == .refused)
      #expect(error?.description.contains("example.com., not example.org") == true, "\(error?.description ?? "")")
    }
  }

  @Test func anAnswerThatIsNoneIsNotAnEmptyName() async throws {
    try await CloudDNSBed.run { bed in
      let service = try TestService("none")
      bed.network.next(.answer(.googleJSON([:])))
      let provider = try bed.provider()
      #expect(await googleError { try await provider.read(service.key, names: []) }?.code == .incomplete)
      bed.network.next(.answer(.googleJSON(["kind": "dns#resourceRecordSetsListResponse"])))
      #expect(try await provider.read(service.key, names: []) == ZoneContents(recordSets: []))
    }
  }
}
