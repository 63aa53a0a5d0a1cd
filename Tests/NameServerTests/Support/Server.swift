import DNS
import DNSProviders
import Federation
import NameServer
import Testing

/// Runs `body` with a name server for `zone` on a free port, and shuts it down.
func withServer(
  _ zone: AuthoritativeZone, options: NameServerOptions = .standard, _ body: (NameServer) async throws -> Void
) async throws {
  let server = try await NameServer.start(zone: zone, address: "127.0.0.1", port: 0, options: options)
  do {
    try await body(server)
  } catch {
    await server.shutdown()
    throw error
  }
  await server.shutdown()
}

/// A question as bytes.
func query(_ owner: String, _ type: ResourceType, id: UInt16 = 7, edns: EDNS? = nil) throws -> [UInt8] {
  try Message.query(Question(name: name(owner), type: type), id: id, flags: .recursionDesired, edns: edns).encoded()
}

/// Asks over UDP and reads the answer.
func ask(_ server: NameServer, _ bytes: [UInt8]) throws -> Message {
  let socket = try RawSocket(.datagram, port: server.port)
  socket.send(bytes)
  return try Message(decoding: try #require(socket.receive()))
}

extension Question {
  /// The wire bytes of a name with its letters as they are written.
  static func spelled(_ text: String) -> [UInt8] {
    text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }
}
