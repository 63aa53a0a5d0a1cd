import DNS
import DNSProviders
import Federation
import Testing

extension Behaviour {
  static let foreign = [
    Behaviour("leaves somebody else's A, TXT and CNAME alone, and says what stands there") { subject in
      let service = try TestService("foreign")
      let theirs = [
        service.set("za", .a, "203.0.113.1"), service.set("zt", .txt, "theirs"),
        service.set("zc", .cname, "www.example.org"), service.set("zm", .aaaa, "2001:db8::66"),
      ]
      for set in theirs { try await subject.put(set) }
      let mark = try await subject.publish(service, service.set(nil, .a, "192.0.2.1"))
      let ours = [
        service.set("za", .a, "192.0.2.1"), service.alias("za", to: nil), service.alias("zt", to: nil),
        service.set("zc", .a, "192.0.2.1"), service.alias("zc", to: nil), service.alias("zm", to: nil),
      ]
      for set in ours {
        let refusal = try #require(await subject.refusal(service.batch(mark, to: [set])))
        #expect(refusal.code == .fenced)
        #expect(refusal.description.contains("\(set.name) already holds"), "\(refusal)")
      }
      let contents = try await subject.read(service, theirs[0].name, theirs[1].name, theirs[2].name, theirs[3].name)
      #expect(contents.recordSets == theirs.sorted { $0.key < $1.key })
      #expect(contents.marks[service.markName] == mark)
    },
    Behaviour("publishes addresses beside somebody else's TXT, but no CNAME over it") { subject in
      let service = try TestService("beside")
      let note = service.set("z1", .txt, "theirs")
      try await subject.put(note)
      let address = service.set("z1", .a, "192.0.2.1")
      let mark = try await subject.publish(service, address)
      #expect(
        await subject.refusal(service.batch(mark, from: [address], to: [service.alias("z1", to: nil)]))?.code == .fenced
      )
      let other = service.set("z1", .a, "192.0.2.2")
      try await subject.provider.commit(service.batch(mark, from: [address], to: [other]))
      #expect(try await subject.read(service, service.name("z1")).recordSets == [other, note])
    },
    Behaviour("does not overwrite an edit that the plan did not see") { subject in
      let service = try TestService("edited")
      let ours = service.set(nil, .a, "192.0.2.1")
      let mark = try await subject.publish(service, ours)
      let theirs = service.set(nil, .a, "192.0.2.1", "203.0.113.5")
      try await subject.edit([ours.key], [try HeldRecordSet(theirs)])
      #expect(
        await subject.refusal(service.batch(mark, from: [ours], to: [service.set(nil, .a, "192.0.2.2")]))?.code
          == .fenced)
      #expect(await subject.refusal(service.batch(mark, from: [ours], to: []))?.code == .fenced)
      #expect(try await subject.read(service, service.name()).recordSets == [theirs])
      #expect(try await subject.mark(service) == mark)
    },
    Behaviour("shows other tools' marks, and takes none of its own that is damaged for true") { subject in
      let service = try TestService("marked")
      try await subject.put(service.set("z1", .txt, "heritage=external-dns,external-dns/owner=me"))
      try await subject.edit(
        [], [HeldRecordSet(name: service.markName, type: .txt, ttl: 5, data: [.txt([Array("heritage=zonetop".utf8)])])])
      let contents = try await subject.read(service, service.name("z1"))
      #expect(contents.foreignMarks[service.name("z1")]?.hasPrefix("heritage=external-dns") == true)
      #expect(contents.foreignMarks[service.markName] != nil)
      #expect(contents.marks.isEmpty)
      #expect(await subject.refusal(service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")]))?.code == .fenced)
    },
    Behaviour("reads hostile text as harmless text") { subject in
      let service = try TestService("hostile")
      let bytes: [[UInt8]] = [Array("\u{1B}[2J\r\n\u{7}".utf8), [0xFF, 0xFE, 0, 0x80], Array("é\u{202E}x".utf8)]
      try await subject.edit([], [HeldRecordSet(name: service.name("z1"), type: .txt, ttl: 5, data: [.txt(bytes)])])
      let address = service.set("z1", .a, "192.0.2.1")
      let mark = try await subject.publish(service, address)
      let text = try #require(try await subject.read(service, service.name("z1")).recordSets.last?.values.first)
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E })
      #expect(text.contains("[2J"))
      #expect(try await subject.provider.readZone().recordSets.contains { $0.values == [text] })
      try await subject.provider.commit(service.batch(mark, from: [address], to: []))
      let answer = try await subject.ask(service.name("z1"), .txt)
      #expect(answer.answers.map(\.data) == [.txt(bytes)], "untouched to the byte")
    },
  ]
}
