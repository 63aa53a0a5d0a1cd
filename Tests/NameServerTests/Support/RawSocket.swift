import DNS
import Glibc
import Testing

/// A plain client socket to a port of 127.0.0.1, for saying what no well-behaved client says.
///
/// Its calls block, at most two seconds each; the servers under test have threads of their own.
final class RawSocket {
  private let descriptor: Int32

  enum Kind {
    case datagram
    case stream
  }

  init(_ kind: Kind, port: Int) throws {
    let type = kind == .datagram ? Int32(SOCK_DGRAM.rawValue) : Int32(SOCK_STREAM.rawValue)
    descriptor = socket(AF_INET, type, 0)
    var limit = timeval(tv_sec: 2, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(result == 0, "connect: \(errno)")
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) { _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

  /// What comes next, at most `count` bytes; empty at the end of a stream, nil after two seconds of nothing.
  func receive(_ count: Int = 65_535) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let length = recv(descriptor, &bytes, count, 0)
    return length < 0 ? (errno == ECONNRESET ? [] : nil) : Array(bytes.prefix(length))
  }

  /// Sends a message with its length before it.
  func sendFramed(_ message: [UInt8]) { send([UInt8(message.count >> 8), UInt8(message.count & 0xFF)] + message) }

  /// The next message of a stream; nil when the stream ended or nothing came.
  func receiveFramed() -> [UInt8]? {
    guard let head = receive(exactly: 2) else { return nil }
    return receive(exactly: Int(head[0]) << 8 | Int(head[1]))
  }

  private func receive(exactly count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard let part = receive(count - bytes.count), !part.isEmpty else { return nil }
      bytes += part
    }
    return bytes
  }
}
