import Cryptography
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Logging
import Testing

@testable import APIServer

@Suite("Serving over TLS")
struct ServingTests {
  private let quick = ServerLimits(
    head: .milliseconds(300), body: .milliseconds(300), idle: .milliseconds(300), connections: 8)

  @Test(
    "A connection that does not bring its request to an end is closed",
    arguments: [
      "", "GET /healthz HTTP/1.1\r\nHost: x\r\n", "GET /healthz HT",
      "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
      "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    ])
  func slowRequests(text: String) async throws {
    let world = try await SecureWorld.start(limits: quick)
    let began = ContinuousClock.now
    _ = try await world.client(.admin).exchange(text)
    // It ended, which is the proof; the bound only keeps a machine under load from being taken for a defect.
    #expect(ContinuousClock.now - began < .seconds(20))
    await world.server.stop()
  }

  @Test("Sockets that never speak are closed, and those who wait behind them are served")
  func silentSockets() async throws {
    let world = try await SecureWorld.start(limits: quick)
    var sockets: [any Channel] = []
    for _ in 0..<20 {
      sockets.append(
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .connect(host: "127.0.0.1", port: world.server.port).get())
    }
    // More of them than the server takes at once: the request waits until their time is over.
    #expect(try await world.client(.admin).send("GET", "/version").code == 200)
    for socket in sockets { try await socket.closeFuture.get() }
    await world.server.stop()
  }

  @Test("A head that is too large and a body that is too large are refused")
  func sizes() async throws {
    let world = try await SecureWorld.start()
    let client = try world.client(.admin)
    let head = try await client.send("GET", "/version", headers: [("X", String(repeating: "a", count: 100_000))])
    #expect([0, 400, 431].contains(head.code), "\(head.code)")
    let body = try await client.send(
      "POST", "/api/v1/namespaces", headers: [("Content-Type", "application/json")],
      body: "\"" + String(repeating: "a", count: APIResponder.largestBody) + "\"")
    #expect(body.code == 413)
    // Who may not write is refused before the body is looked at.
    let viewer = try await world.client(.viewer).send(
      "POST", "/api/v1/namespaces", headers: [("Content-Type", "application/json")],
      body: "\"" + String(repeating: "a", count: APIResponder.largestBody) + "\"")
    #expect(viewer.code == 403)
    await world.server.stop()
  }

  @Test("A new certificate is shown from the next connection on, without a restart")
  func renewal() async throws {
    let world = try await SecureWorld.start()
    let first = try await shownSerial(world)
    let next = try SecureWorld.serving(world.authority, world.endpoint.clock.unixSeconds)
    try world.certificate.replace(by: next)
    let second = try await shownSerial(world)
    #expect(first != second)
    #expect(second == next.certificate.facts.serial)
    await world.server.stop()
  }

  @Test("A stop ends watches and lets go of idle connections at once")
  func gracefulStop() async throws {
    let world = try await SecureWorld.start()
    let client = try world.client(.viewer)
    async let watch = client.exchange(
      "GET /api/v1/namespaces?watch=true HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    while await world.endpoint.watchCount == 0 { await Task.yield() }
    let began = ContinuousClock.now
    await world.server.stop(within: .seconds(60))
    #expect(ContinuousClock.now - began < .seconds(30))
    let heard = String(decoding: try await watch, as: UTF8.self)
    #expect(heard.contains("\"type\":\"ADDED\""))
    // The last chunk says that the stream came to its end and was not cut.
    #expect(heard.hasSuffix("0\r\n\r\n"), "\(heard.suffix(40))")
    #expect(await world.endpoint.watchCount == 0)
  }

  @Test("A port that is taken is named with what to do")
  func takenPort() async throws {
    let world = try await SecureWorld.start()
    let port = world.server.port
    let error = await #expect(throws: APIServer.StartError.self) {
      _ = try await APIServer.start(port: port, logger: .init(label: "test"))
    }
    #expect(error?.description.contains("127.0.0.1:\(port): another process listens there") == true)
    await world.server.stop()
  }

  /// The serial number of the certificate that a new connection is shown.
  private func shownSerial(_ world: SecureWorld) async throws -> String {
    let box = Box()
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(
      try NIOSSLCertificate.fromPEMBytes(Array(world.authority.credential.certificate.pem.utf8)))
    let context = try NIOSSLContext(configuration: configuration)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: world.server.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(
              context: context, serverHostname: nil,
              customVerificationCallback: { chain, promise in
                box.shown.withLock { $0 = (try? chain.first?.toDERBytes()) ?? [] }
                promise.succeed(.certificateVerified)
              }))
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: "GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
      for try await _ in inbound { break }
    }
    return try CertificateFacts(der: box.shown.withLock { $0 }).serial
  }

  private final class Box: Sendable {
    let shown = Mutex<[UInt8]>([])
  }
}
