import DNS
import DNSProviders
import Federation
import Testing

extension Behaviour {
  static let reading = [
    Behaviour("reads back what was created, mark and all") { subject in
      let service = try TestService("created")
      #expect(try await subject.mark(service) == nil)
      let sets = [
        service.set(nil, .a, "192.0.2.1", "192.0.2.2"), service.set(nil, .aaaa, "2001:db8::1", ttl: 60),
        service.set("r1", .a, "192.0.2.1"), service.alias("z1", to: "r1"),
      ]
      let mark = try await subject.publish(service, sets[0], sets[1], sets[2], sets[3])
      let contents = try await subject.read(service, service.name(), service.name("r1"), service.name("z1"))
      #expect(contents.recordSets == sets.sorted { $0.key < $1.key })
      #expect(contents.marks == [service.markName: mark])
      #expect(contents.foreignMarks.isEmpty)
      let zone = try await subject.provider.readZone()
      #expect(zone.recordSets.filter { $0.name.text.hasPrefix("created.") } == contents.recordSets)
      #expect(zone.marks[service.markName] == mark)
      let chain = try await subject.ask(service.name("z1"), .a)
      #expect(chain.answers.count == 2)
      #expect(chain.flags.contains(.authoritative))
    },
    Behaviour("a targeted read reads the names it was given and no others") { subject in
      let service = try TestService("targeted")
      try await subject.publish(service, service.set(nil, .a, "192.0.2.1"), service.set("r1", .a, "192.0.2.2"))
      let contents = try await subject.read(service, service.name("r1"), service.name("nowhere"))
      #expect(contents.recordSets == [service.set("r1", .a, "192.0.2.2")])
      #expect(contents.marks.count == 1)
    },
    Behaviour("holds 10,000 record sets with long marks, and reads them whole") { subject in
      var expected: [RecordSet] = []
      for index in 0..<subject.scale {
        let service = try TestService("many\(index)")
        let sets = (0..<200).map { service.set("zone-\($0)", .a, "198.51.\($0).\(index)") }
        try await subject.provider.commit(service.batch(nil, to: sets))
        expected += sets
      }
      let zone = try await subject.provider.readZone()
      #expect(zone.recordSets.filter { $0.name.text.hasPrefix("many") } == expected.sorted { $0.key < $1.key })
      #expect(zone.marks.filter { $0.key.text.hasPrefix("_zonetop.many") }.values.allSatisfy { $0.sets.count == 200 })
      let service = try TestService("many7")
      let names = (0..<200).map { service.name("zone-\($0)") }
      let contents = try await subject.provider.read(service.key, names: names)
      #expect(contents.recordSets.count == 200)
      #expect(contents.marks[service.markName] == zone.marks[service.markName])
    },
  ]
}
