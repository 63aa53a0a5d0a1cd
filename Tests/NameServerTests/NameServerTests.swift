import DNS
import DNSProviders
import Federation
import NameServer
import Testing

@Suite struct NameServerTests {
  @Test func answersOverUDPAndTCPAtOnePort() async throws {
    let zone = try AuthoritativeZone.example(
      set("a.example.com", .cname, "b.example.com"), set("b.example.com", .a, "192.0.2.1"))
    try await withServer(zone) { server in
      let bytes = try query("A.eXample.com", .a, id: 0x1234, edns: .standard)
      let answer = try ask(server, bytes)
      #expect(answer.id == 0x1234)
      #expect(answer.flags == [.response, .authoritative, .recursionDesired])
      #expect(answer.answers.map(describe) == ["a.example.com CNAME b.example.com", "b.example.com A 192.0.2.1"])
      #expect(answer.edns?.payloadSize == 1_232)
      #expect(answer.question?.spelling == Question.spelled("A.eXample.com"))
      let stream = try RawSocket(.stream, port: server.port)
      stream.sendFramed(bytes)
      #expect(try Message(decoding: try #require(stream.receiveFramed())) == answer)
    }
  }

  @Test func negativeAnswersCarryTheSOA() async throws {
    try await withServer(try .example(set("a.b.example.com", .a, "192.0.2.1"))) { server in
      let missing = try ask(server, try query("x.example.com", .a))
      #expect(missing.responseCode == .nameError)
      #expect(missing.authorities.map(describe) == ["example.com SOA serial 2"])
      #expect(missing.authorities.first?.ttl == 5)
      let empty = try ask(server, try query("b.example.com", .a))
      #expect(empty.responseCode == .noError)
      #expect(empty.answers.isEmpty)
      #expect(empty.authorities.map(describe) == ["example.com SOA serial 2"])
      #expect(empty.edns == nil, "no EDNS where none was asked with")
      #expect(try ask(server, try query("example.org", .a)).responseCode == .refused)
    }
  }

  @Test func whatDoesNotFitIsTruncatedOverUDPAndWholeOverTCP() async throws {
    let addresses = (0..<200).map { "192.0.2.\($0)" }
    var zone = AuthoritativeZone(apex: name("example.com"))
    try zone.replace(
      [], with: [try HeldRecordSet(RecordSet(name: name("a.example.com"), type: .a, ttl: 1, values: addresses))])
    try await withServer(zone) { server in
      for edns in [nil, EDNS.standard, EDNS(payloadSize: 65_535), EDNS(payloadSize: 0)] {
        let socket = try RawSocket(.datagram, port: server.port)
        socket.send(try query("a.example.com", .a, edns: edns))
        let bytes = try #require(socket.receive())
        #expect(bytes.count <= (edns.map { $0.payloadSize > 512 } == true ? 1_232 : 512))
        #expect(try Message(decoding: bytes).flags.contains(.truncated))
      }
      let stream = try RawSocket(.stream, port: server.port)
      stream.sendFramed(try query("a.example.com", .a))
      let whole = try Message(decoding: try #require(stream.receiveFramed()))
      #expect(!whole.flags.contains(.truncated))
      #expect(whole.answers.count == 200)
    }
  }

  @Test func manyQuestionsMayBeUnderWayOnOneConnection() async throws {
    try await withServer(try .example(set("a.example.com", .a, "192.0.2.1"))) { server in
      let stream = try RawSocket(.stream, port: server.port)
      let messages = try (0..<500).map {
        try query($0.isMultiple(of: 2) ? "a.example.com" : "x.example.com", .a, id: $0)
      }
      stream.send(messages.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 0xFF)] + $0 })
      for id in 0..<500 {
        let answer = try Message(decoding: try #require(stream.receiveFramed()))
        #expect(answer.id == id)
        #expect(answer.responseCode == (id.isMultiple(of: 2) ? .noError : .nameError))
      }
    }
  }

  @Test func transfersTheWholeZoneToLocalPeersOnly() async throws {
    var zone = AuthoritativeZone(apex: name("example.com"))
    try zone.replace(
      [], with: try (0..<5_000).map { try HeldRecordSet(set("host\($0).example.com", .a, "192.0.2.1", "192.0.2.2")) })
    try await withServer(zone) { server in
      let stream = try RawSocket(.stream, port: server.port)
      stream.sendFramed(try query("example.com", .axfr))
      stream.sendFramed(try query("host1.example.com", .a, id: 8))
      var records: [ResourceRecord] = []
      while records.count < 2 || records.last?.type != .soa {
        let message = try Message(decoding: try #require(stream.receiveFramed()))
        #expect(message.id == 7)
        #expect(message.responseCode == .noError)
        records += message.answers
      }
      #expect(records.count == 10_003)
      #expect(records.first == records.last)
      #expect(Set(records.filter { $0.type == .a }.map(\.name)).count == 5_000)
      #expect(try Message(decoding: try #require(stream.receiveFramed())).id == 8, "and the connection goes on")
      #expect(try ask(server, try query("example.com", .axfr)).responseCode == .formatError)
    }
    for (options, owner) in [(NameServerOptions.Transfers.nobody, "example.com"), (.local, "sub.example.com")] {
      try await withServer(
        zone, options: NameServerOptions(transfers: options, connectionLimit: 4, idleTimeout: .seconds(5))
      ) {
        let stream = try RawSocket(.stream, port: $0.port)
        stream.sendFramed(try query(owner, .axfr))
        #expect(try Message(decoding: try #require(stream.receiveFramed())).responseCode == .refused)
      }
    }
  }

  @Test func tellsWhetherAnythingHasChanged() async throws {
    try await withServer(try .example(set("a.example.com", .a, "192.0.2.1"))) { server in
      /// The answer to the question what has changed since a serial, which is the zone's own plus `distance`.
      func changes(_ distance: UInt32, of owner: String = "example.com") throws -> Message {
        var known = server.store.snapshot.startOfAuthority
        known.serial &+= distance
        var question = Message.query(Question(name: name(owner), type: .ixfr), id: 7, flags: [], edns: nil)
        question.authorities = [ResourceRecord(name: name("example.com"), ttl: 0, data: .soa(known))]
        let stream = try RawSocket(.stream, port: server.port)
        stream.sendFramed(try question.encoded())
        return try Message(decoding: try #require(stream.receiveFramed()))
      }
      let authority = server.store.snapshot.startOfAuthorityRecord
      #expect(try changes(0).answers == [authority])
      #expect(try changes(1).answers == [authority], "who is ahead sees that it is")
      let whole = try changes(.max).answers
      #expect(whole.count == 4 && whole.first == authority && whole.last == authority)
      #expect(try changes(0, of: "sub.example.com").responseCode == .refused)
      #expect(try ask(server, try query("example.com", .ixfr)).responseCode == .notImplemented, "over UDP")
    }
  }

  @Test func refusesWhatItDoesNotDo() async throws {
    try await withServer(try .example(set("a.example.com", .a, "192.0.2.1"))) { server in
      let update = Message.update(
        zone: name("example.com"), prerequisites: [], updates: [.deleteSet(name("a.example.com"), .a)], id: 3)
      var notify = update
      notify.opcode = .notify
      notify.authorities = []
      var version = EDNS.standard
      version.version = 1
      let newer = Message.query(Question(name: name("a.example.com"), type: .a), id: 1, flags: [], edns: version)
      let chaos = Message.query(
        Question(name: name("version.bind"), type: .txt, resourceClass: ResourceClass(rawValue: 3)), id: 1, flags: [],
        edns: nil)
      let codes = try [update, notify, newer, chaos].map { try ask(server, $0.encoded()).responseCode }
      #expect(codes == [.refused, .notImplemented, .badVersion, .refused])
      #expect(server.store.snapshot.count == 1)
    }
  }

  @Test func garbageIsDroppedOrCalledAFormatErrorAndNothingElse() async throws {
    try await withServer(try .example(set("a.example.com", .a, "192.0.2.1"))) { server in
      let socket = try RawSocket(.datagram, port: server.port)
      var generator = Numbers(seed: 42)
      let good = try query("a.example.com", .a, id: 1, edns: .standard)
      for round in 0..<20_000 {
        var bytes = round.isMultiple(of: 2) ? good : (0..<Int.random(in: 0...64, using: &generator)).map { _ in 0 }
        for _ in 0..<8 where !bytes.isEmpty {
          bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        socket.send(bytes)
        // The server is asked in between, so that the socket's buffer never overflows and all of it is looked at.
        if round % 64 == 63 { #expect(try ask(server, good).answers.count == 1) }
      }
      let other = try RawSocket(.datagram, port: server.port)
      other.send([1, 2, 3])
      other.send(Array(good.prefix(11)))
      other.send([0, 9, 0x80, 0] + [UInt8](repeating: 0, count: 8))  // an answer
      other.send([0, 9, 1, 0, 0, 9] + [UInt8](repeating: 0, count: 6))  // nine questions, none there
      #expect(other.receive() == [0, 9, 0x81, 1] + [UInt8](repeating: 0, count: 8))
      #expect(try ask(server, good).answers.count == 1)
    }
  }

  @Test func connectionsBeyondTheLimitAreClosedAndPlacesComeFree() async throws {
    let options = NameServerOptions(transfers: .local, connectionLimit: 2, idleTimeout: .seconds(20))
    try await withServer(try .example(set("a.example.com", .a, "192.0.2.1")), options: options) { server in
      let bytes = try query("a.example.com", .a)
      let first = try RawSocket(.stream, port: server.port)
      first.sendFramed(bytes)
      #expect(first.receiveFramed() != nil)
      do {
        let second = try RawSocket(.stream, port: server.port)
        second.sendFramed(bytes)
        #expect(second.receiveFramed() != nil)
        let third = try RawSocket(.stream, port: server.port)
        #expect(third.receive() == [])
      }
      var isServed = false
      for _ in 0..<1_000 where !isServed {
        let next = try RawSocket(.stream, port: server.port)
        next.sendFramed(bytes)
        isServed = next.receiveFramed() != nil
      }
      #expect(isServed)
    }
  }

  @Test func idleConnectionsAreClosed() async throws {
    let options = NameServerOptions(transfers: .local, connectionLimit: 2, idleTimeout: .milliseconds(100))
    try await withServer(try .example(), options: options) { server in
      let stream = try RawSocket(.stream, port: server.port)
      stream.send([0, 40, 1, 2])
      #expect(stream.receive() == [])
    }
  }

  @Test func aPortInUseIsOneClearLine() async throws {
    try await withServer(try .example()) { server in
      let zone = try AuthoritativeZone.example()
      let error = await #expect(throws: ProviderError.self) {
        try await NameServer.start(
          zone: zone, address: "127.0.0.1", port: server.port, options: .standard)
      }
      #expect(
        error?.description
          == "the name server cannot listen on 127.0.0.1 port \(server.port): Address already in use; give it another one"
      )
    }
    let zone = try AuthoritativeZone.example()
    let error = await #expect(throws: ProviderError.self) {
      try await NameServer.start(zone: zone, address: "localhost", port: 0, options: .standard)
    }
    #expect(error?.description.contains("not an address") == true)
  }

  @Test func shutdownClosesEverything() async throws {
    let server = try await NameServer.start(
      zone: try .example(), address: "127.0.0.1", port: 0, options: .standard)
    let stream = try RawSocket(.stream, port: server.port)
    stream.sendFramed(try query("example.com", .soa))
    #expect(stream.receiveFramed() != nil)
    await server.shutdown()
    #expect(stream.receive() == [])
    let again = try await NameServer.start(
      zone: try .example(), address: "127.0.0.1", port: server.port, options: .standard)
    await again.shutdown()
  }
}
