import NIOCore
import NIOPosix
import NIOSSL

/// Sends bytes over TLS as they are, and reads what comes back until the server closes.
struct SecureClient {
  var port: Int
  /// PEM; nil for none.
  var certificate: String?
  var key: String?

  struct Answer: Sendable {
    var code: Int
    var body: String
  }

  /// Sends a whole request that asks the server to close afterwards.
  func send(
    _ method: String, _ target: String, headers: [(String, String)] = [], body: String = ""
  ) async throws -> Answer {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty || method != "GET" { text += "Content-Length: \(body.utf8.count)\r\n" }
    let bytes = try await exchange(text + "\r\n" + body)
    let answer = String(decoding: bytes, as: UTF8.self)
    let head = answer.split(separator: " ", maxSplits: 2)
    return Answer(
      code: head.count > 1 ? Int(head[1]) ?? 0 : 0,
      body: answer.range(ofBlankLine: ()).map { String(answer[$0...]) } ?? "")
  }

  /// Sends text and returns all that comes until the end.
  func exchange(_ text: String) async throws -> [UInt8] {
    let channel = try await connect()
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var bytes: [UInt8] = []
      do {
        for try await buffer in inbound { bytes += Array(buffer.readableBytesView) }
      } catch is NIOSSLError {
        // A connection that is cut has no closing alert.
      } catch is IOError {}
      return bytes
    }
  }

  /// A connection whose handshake is done with the first bytes.
  func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateVerification = .none
    if let certificate, let key {
      configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
        .certificate($0)
      }
      configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
    }
    let context = try NIOSSLContext(configuration: configuration)
    return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: nil))
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
  }
}

extension String {
  /// Where the body of an answer begins.
  func range(ofBlankLine: Void) -> Index? {
    let bytes = Array(utf8)
    let end = Array("\r\n\r\n".utf8)
    guard bytes.count >= 4, let start = (0...(bytes.count - 4)).first(where: { Array(bytes[$0..<$0 + 4]) == end })
    else { return nil }
    return utf8.index(utf8.startIndex, offsetBy: start + 4)
  }
}
