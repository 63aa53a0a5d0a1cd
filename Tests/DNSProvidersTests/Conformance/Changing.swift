import DNS
import DNSProviders
import Federation
import Testing

extension Behaviour {
  static let changing = [
    Behaviour("swaps addresses and CNAME in every direction, and no reader ever finds nothing") { subject in
      let service = try TestService("swapped")
      let base = [service.set("r1", .a, "192.0.2.9"), service.set("r1", .aaaa, "2001:db8::9")]
      let four = service.set("z1", .a, "192.0.2.1")
      let fourth = service.set("z1", .a, "192.0.2.2", "192.0.2.3")
      let six = service.set("z1", .aaaa, "2001:db8::1")
      let alias = service.alias("z1", to: "r1")
      // Each state gives an answer to the questions of the phase it is in; the state between two phases to both.
      let phases: [(ResourceType, [[RecordSet]])] = [
        (.a, [[four], [alias], [fourth], [alias], [four, six], [alias], [four]]),
        (.any, [[four], [six], [four], [four, six], [six]]),
        (.aaaa, [[six], [alias], [six], [four, six], [alias], [six]]),
      ]
      var mark = try await subject.publish(service, base[0], base[1], four)
      var state = [four]
      for (type, states) in phases {
        let reads = Progress()
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<2 {
            group.addTask {
              // A reader that fails ends the wait for it too.
              defer { reads.finish() }
              while !reads.isDone {
                let answer = try await subject.ask(service.name("z1"), type)
                #expect(answer.responseCode == .noError)
                #expect(!answer.answers.isEmpty)
                #expect(answer.answers.contains { $0.type == type } || type == .any)
                reads.step()
              }
            }
          }
          for next in states where next != state {
            let batch = service.batch(mark, from: state, to: next)
            try await subject.provider.commit(batch)
            mark = try #require(batch.next)
            state = next
            let contents = try await subject.read(service, service.name("z1"))
            #expect(contents.recordSets == next.sorted { $0.key < $1.key })
            #expect(contents.marks[service.markName] == mark)
            let seen = reads.count
            while reads.count < seen + 4, !reads.isDone { await Task.yield() }
          }
          reads.finish()
          try await group.waitForAll()
        }
        #expect(reads.count >= 4 * (states.count - 1))
      }
    },
    Behaviour("changes a TTL alone") { subject in
      let service = try TestService("ttl")
      let mark = try await subject.publish(service, service.set(nil, .a, "192.0.2.1", ttl: 180))
      let after = service.set(nil, .a, "192.0.2.1", ttl: 30)
      try await subject.provider.commit(service.batch(mark, from: [service.set(nil, .a, "192.0.2.1")], to: [after]))
      #expect(try await subject.read(service, service.name()).recordSets == [after])
    },
    Behaviour("deletes a service with its mark, and nothing beside it") { subject in
      let service = try TestService("deleted")
      let other = try TestService("kept")
      let sets = [service.set(nil, .a, "192.0.2.1"), service.alias("z1", to: nil)]
      let mark = try await subject.publish(service, sets[0], sets[1])
      try await subject.publish(other, other.set(nil, .a, "192.0.2.2"))
      try await subject.provider.commit(service.batch(mark, from: sets, to: []))
      let contents = try await subject.read(service, service.name(), service.name("z1"))
      #expect(contents == ZoneContents(recordSets: []))
      #expect(try await subject.ask(service.name("z1"), .a).responseCode == .nameError)
      #expect(try await subject.read(other, other.name()).recordSets == [other.set(nil, .a, "192.0.2.2")])
    },
    Behaviour("does all of a batch or nothing") { subject in
      let service = try TestService("whole")
      let mark = try await subject.publish(service, service.set(nil, .a, "192.0.2.1"))
      let bad = service.batch(
        mark,
        to: [
          service.set("r1", .a, "192.0.2.2"),
          RecordSet(name: DomainName(canonical: "elsewhere.example.net"), type: .a, ttl: 180, values: ["192.0.2.3"]),
        ])
      #expect(await subject.refusal(bad)?.code == .refused)
      #expect(try await subject.read(service, service.name("r1")).recordSets.isEmpty)
      #expect(try await subject.mark(service) == mark)
    },
  ]
}
