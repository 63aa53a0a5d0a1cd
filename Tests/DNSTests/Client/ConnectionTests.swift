import Federation
import Glibc
import Cryptography
import Synchronization
import Testing

@testable import DNS

struct ConnectionTests {
  private let query = Message.query(Samples.question, id: 0, flags: [], edns: nil)

  @Test func oneConnectionServesManyExchangesAtOnce() async throws {
    let ends = Mutex(0)
    let server = LoopbackServer(
      connections: { framed(Samples.answer(to: $0, [Samples.address])) }, onEnd: { ends.withLock { $0 += 1 } })
    defer { server.close() }
    let connection = try await Samples.patient.connect(to: server.address)
    try await withThrowingTaskGroup(of: DNSReply.self) { group in
      for _ in 0..<20 { group.addTask { [query] in try await connection.exchange(query, key: nil) } }
      for try await reply in group { #expect(reply.message.answers == [Samples.address]) }
    }
    #expect(ends.withLock { $0 } == 0)
    await connection.close()
    let error = await #expect(throws: DNSError.self) { try await connection.exchange(query, key: nil) }
    #expect(error?.code == .closed)
  }

  @Test func aForeignAnswerEndsTheConnection() async throws {
    let server = LoopbackServer(connections: { message in
      var answer = Samples.answer(to: message, [])
      answer[0] ^= 0xFF
      return framed(answer)
    })
    defer { server.close() }
    let error = await #expect(throws: DNSError.self) {
      try await Samples.patient.exchange(query, with: server.address, key: nil)
    }
    #expect(error?.code == .mismatched)
  }

  @Test func garbageIsOneClearLine() async throws {
    let server = LoopbackServer(connections: { _ in framed([1, 2, 3]) })
    defer { server.close() }
    let error = await #expect(throws: DNSError.self) {
      try await Samples.patient.exchange(query, with: server.address, key: nil)
    }
    #expect(error?.code == .malformed)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func anUnsignedAnswerToASignedRequestIsNotTrusted() async throws {
    let server = LoopbackServer(connections: { framed(Samples.answer(to: $0, [])) })
    defer { server.close() }
    let key = TransactionKey(name: DomainName(canonical: "ddns"), algorithm: .sha256, secret: [1, 2, 3])
    let error = await #expect(throws: DNSError.self) {
      try await Samples.patient.exchange(query, with: server.address, key: key)
    }
    #expect(error?.code == .signature)
  }

  @Test func cancellationClosesTheSocket() async throws {
    let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
    let (ended, end) = AsyncStream.makeStream(of: Void.self)
    let server = LoopbackServer(
      connections: { _ in
        arrival.yield()
        return []
      }, onEnd: { end.yield() })
    defer { server.close() }
    let task = Task { try await Samples.patient.exchange(query, with: server.address, key: nil) }
    for await _ in arrived { break }
    task.cancel()
    let error = await #expect(throws: DNSError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    for await _ in ended { break }
  }
}
