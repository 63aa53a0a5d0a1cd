import DNS
import DNSProviders
import Federation
import HTTPTransport
import JSON
import Testing

struct CloudDNSProviderTests {
  @Test(arguments: Behaviour.all) func conforms(_ behaviour: Behaviour) async throws {
    try await CloudDNSBed.run { bed in
      // 10,000 sets are the quota until its owner has it raised; the marks come on top.
      bed.cloud.change { $0.zone.limits.sets = 20_000 }
      try await behaviour.check(try bed.subject())
    }
  }

  @Test func whatSeveralServicesWaitToCommitGoesInOneChange() async throws {
    try await CloudDNSBed.run { bed in
      try await Grouping(
        provider: { try bed.provider() },
        writes: { bed.network.seen.count { $0.hasPrefix("POST") && $0.contains("/changes") } },
        forget: { bed.network.forget() }
      ).check()
    }
  }

  @Test func aChangeThatIsTooLargeIsRefusedWhole() async throws {
    try await CloudDNSBed.run { bed in
      let service = try TestService("huge")
      let batch = service.batch(nil, to: (0..<1_000).map { service.set("zone-\($0)", .a, "192.0.2.1") })
      let provider = try bed.provider()
      let error = await googleError { try await provider.commit(batch) }
      #expect(error?.code == .refused)
      #expect(error?.description.contains("too many changes") == true, "\(error?.description ?? "")")
      #expect(bed.network.seen.count == 1, "it is not sent again")
      bed.network.next(.answer(GoogleRefusal(413, "uploadTooLarge", "Request Entity Too Large").reply))
      let other = await googleError {
        try await provider.commit(service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")]))
      }
      #expect(other?.code == .refused)
      #expect(other?.description.contains("too many changes") == true)
      bed.cloud.change { $0.zone.limits.sets = 3 }
      let full = await googleError {
        try await provider.commit(service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")]))
      }
      #expect(full?.code == .refused)
      #expect(full?.description.contains("quota is used up") == true, "\(full?.description ?? "")")
      #expect(try await provider.readZone().recordSets.isEmpty)
    }
  }

  @Test func whatIsHeldInOtherWordsIsDeletedInThose() async throws {
    try await CloudDNSBed.run { bed in
      let subject = try bed.subject()
      let service = try TestService("worded")
      let ours = service.set(nil, .a, "192.0.2.1", "192.0.2.2")
      let mark = try await subject.publish(service, ours)
      // Somebody else has written the same in another order, and the mark with another TTL.
      let markName = service.markName.text + "."
      let name = service.name().text + "."
      bed.cloud.change { state in
        state.zone.put(CloudZone.Entry(name: name, type: "A", ttl: 77, rrdatas: ["192.0.2.2", "192.0.2.1"]))
        if var entry = state.zone.sets[CloudZone.Key(name: markName, type: "TXT")] {
          entry.ttl = 5
          state.zone.put(entry)
        }
      }
      bed.network.forget()
      let next = service.set(nil, .a, "192.0.2.3")
      try await subject.provider.commit(service.batch(mark, from: [ours], to: [next]))
      #expect(try await subject.read(service, service.name()).recordSets == [next])
      #expect(bed.network.seen.count { $0.hasPrefix("POST") } == 2)
    }
  }

  @Test func namesWithARoutingPolicyAreShownAndNeverChanged() async throws {
    try await CloudDNSBed.run { bed in
      let subject = try bed.subject()
      let service = try TestService("routed")
      let ours = service.set("z1", .a, "192.0.2.1")
      let mark = try await subject.publish(service, ours)
      let policy: JSONValue = [
        "wrr": ["items": [["weight": 1, "rrdatas": ["192.0.2.1"]], ["weight": 2, "rrdatas": ["192.0.2.1"]]]]
      ]
      let bare: JSONValue = ["primaryBackup": ["primaryTargets": ["internalLoadBalancers": []]]]
      let (name, other) = (service.name("z1").text + ".", service.name("z2").text + ".")
      bed.cloud.change { state in
        state.zone.put(CloudZone.Entry(name: name, type: "A", ttl: 180, rrdatas: [], policy: policy))
        state.zone.put(CloudZone.Entry(name: other, type: "A", ttl: 180, rrdatas: [], policy: bare))
      }
      let contents = try await subject.read(service, service.name("z1"), service.name("z2"))
      #expect(contents.recordSets == [ours, RecordSet(name: service.name("z2"), type: .a, ttl: 180, values: [])])
      #expect(contents.foreignMarks[service.name("z1")] == "A with a routing policy (wrr)")
      #expect(try await subject.provider.readZone().foreignMarks.count == 2)
      for after in [[service.set("z1", .a, "192.0.2.2")], []] {
        let refusal = await subject.refusal(service.batch(mark, from: [ours], to: after))
        #expect(refusal?.code == .refused)
        #expect(refusal?.description.contains("routing policy") == true, "\(refusal?.description ?? "")")
      }
      for set in [service.set("z2", .a, "192.0.2.2"), service.alias("z2", to: nil)] {
        let refusal = await subject.refusal(service.batch(mark, to: [set]))
        #expect(refusal?.code == .fenced)
        #expect(refusal?.description.contains("\(set.name) already holds A") == true, "\(refusal?.description ?? "")")
      }
      #expect(bed.cloud.look { $0.zone.sets[CloudZone.Key(name: name, type: "A")]?.policy } == policy)
    }
  }

  @Test func recordsOfOtherTypesAndSignedOnesStay() async throws {
    try await CloudDNSBed.run { bed in
      let subject = try bed.subject()
      let service = try TestService("others")
      let ours = service.set("z1", .a, "192.0.2.1")
      let mark = try await subject.publish(service, ours)
      let (name, mail) = (service.name("z1").text + ".", service.name("mx").text + ".")
      bed.cloud.change { state in
        state.zone.put(
          CloudZone.Entry(name: name, type: "A", ttl: 180, rrdatas: ["192.0.2.1"], signatures: ["A 8 3 180 x"]))
        state.zone.put(CloudZone.Entry(name: mail, type: "MX", ttl: 180, rrdatas: ["10 mail.example.com."]))
      }
      let refusal = await subject.refusal(service.batch(mark, from: [ours], to: []))
      #expect(refusal?.code == .refused)
      #expect(refusal?.description.contains("signatures") == true)
      #expect(await subject.refusal(service.batch(mark, to: [service.alias("mx", to: nil)]))?.code == .refused)
      #expect(bed.cloud.look { $0.zone.sets[CloudZone.Key(name: mail, type: "MX")] } != nil)
    }
  }

  @Test(arguments: [500, 502, 503]) func serverTroubleIsWaitedOutByReadsAndDoubtfulForWrites(status: Int) async throws {
    try await CloudDNSBed.run { bed in
      let provider = try bed.provider()
      let trouble = GoogleRefusal(status, "backendError", "Backend Error\nsecond line\u{1B}[2J").reply
      bed.network.next(.answer(trouble), times: 2)
      #expect(try await provider.readZone().recordSets.isEmpty)
      #expect(bed.network.isSpent)
      bed.network.next(.answer(trouble))
      bed.network.forget()
      let service = try TestService("trouble")
      let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
      let error = await googleError { try await provider.commit(batch) }
      #expect(error?.code == .unreachable)
      #expect(error?.description.contains("read again") == true)
      #expect(error?.description.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
      #expect(bed.network.seen.count == 1)
    }
  }

  @Test(arguments: ["{}", "[]", "", "<html>Log in</html>", #"{"status":"OK"}"#])
  func anAnswerThatIsNoChangeIsNoSuccess(body: String) async throws {
    try await CloudDNSBed.run { bed in
      let provider = try bed.provider()
      bed.network.next(.answer(.answer(status: 200, body: Array(body.utf8))))
      let service = try TestService("portal")
      let error = await googleError {
        try await provider.commit(service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")]))
      }
      #expect(error?.code == .incomplete)
      #expect(error?.description.contains("read again") == true, "\(error?.description ?? "")")
    }
  }

  @Test func anUnknownProjectOrZoneIsOneLine() async throws {
    try await CloudDNSBed.run { bed in
      for provider in [try bed.provider(project: "p2"), try bed.provider(managedZone: "nowhere")] {
        let service = try TestService("unknown")
        let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
        for error in [
          await googleError { try await provider.readZone() },
          await googleError { try await provider.commit(batch) },
        ] {
          #expect(error?.code == .refused)
          #expect(error?.description.contains("not known") == true, "\(error?.description ?? "")")
        }
      }
    }
  }
}
