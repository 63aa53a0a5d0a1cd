import Federation
import Glibc
import Synchronization
import Testing

@testable import DNS

struct DatagramTests {
  @Test func dropsWhatIsNotTheAnswer() async throws {
    let server = LoopbackServer { datagram in
      let answer = Samples.answer(to: datagram.bytes, [Samples.address])
      var forged = Samples.answer(to: datagram.bytes, [])
      datagram.answerFromElsewhere(forged)
      forged[1] &+= 1
      var random = SeededGenerator(seed: 1)
      for _ in 0..<50 { datagram.answer(random.bytes(0...1_000)) }
      datagram.answer(forged)
      datagram.answer(Array(answer.dropLast(3)))
      datagram.answer(answer + [0])
      datagram.answer(datagram.bytes)
      var other = answer
      other[13] ^= 1
      datagram.answer(other)
      datagram.answer(answer)
    }
    defer { server.close() }
    let reply = try await Samples.patient.query(Samples.question, at: server.address, flags: [])
    #expect(reply.message.answers == [Samples.address])
    #expect(reply.transport == .udp && reply.server == server.address && reply.latency > .zero)
  }

  @Test func asksAgainAndThenGivesUp() async throws {
    let seen = Mutex<[[UInt8]]>([])
    let server = LoopbackServer { datagram in seen.withLock { $0.append(datagram.bytes) } }
    defer { server.close() }
    let error = await #expect(throws: DNSError.self) {
      try await Samples.impatient.query(Samples.question, at: server.address, flags: [])
    }
    #expect(error?.code == .timedOut)
    #expect(error?.description.contains("\n") == false)
    #expect(seen.withLock { $0.count } == 2 && Set(seen.withLock { $0 }).count == 1, "the same question, twice")
  }

  @Test func saysThatNobodyListens() async throws {
    let udp = await #expect(throws: DNSError.self) {
      try await Samples.patient.query(Samples.question, at: LoopbackServer.closedPort(SOCK_DGRAM), flags: [])
    }
    #expect(udp?.code == .unreachable)
    let tcp = await #expect(throws: DNSError.self) {
      try await Samples.patient.exchange(
        .query(Samples.question, id: 0, flags: [], edns: nil), with: LoopbackServer.closedPort(SOCK_STREAM), key: nil)
    }
    #expect(tcp?.code == .unreachable)
    #expect(tcp?.description.contains("connection refused") == true)
  }

  @Test func everyQuestionHasItsOwnIdAndPort() async throws {
    let seen = Mutex<(ids: Set<UInt16>, ports: Set<UInt16>)>(([], []))
    let server = LoopbackServer { datagram in
      _ = seen.withLock { $0.ids.insert(UInt16(datagram.bytes[0]) << 8 | UInt16(datagram.bytes[1])) }
      _ = seen.withLock { $0.ports.insert(datagram.sender.sin_port) }
      datagram.answer(Samples.answer(to: datagram.bytes, []))
    }
    defer { server.close() }
    for _ in 0..<30 { _ = try await Samples.patient.query(Samples.question, at: server.address, flags: []) }
    #expect(seen.withLock { $0.ids.count } > 25 && seen.withLock { $0.ports.count } > 25)
  }

  @Test func cancellationEndsTheQuestion() async throws {
    let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
    let server = LoopbackServer { _ in arrival.yield() }
    defer { server.close() }
    let task = Task { try await Samples.patient.query(Samples.question, at: server.address, flags: []) }
    for await _ in arrived { break }
    task.cancel()
    let error = await #expect(throws: DNSError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
