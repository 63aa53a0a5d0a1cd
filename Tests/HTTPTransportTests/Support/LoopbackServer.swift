import Glibc
import Synchronization

/// A server on 127.0.0.1 whose port the kernel picks; each connection is served by the test's own lines, on a thread.
/// It listens until the test process ends, so that no test depends on when its last reference goes.
final class LoopbackServer: Sendable {
  let port: UInt16
  private let accepted = Accepted()

  var url: String { "http://127.0.0.1:\(port)/" }
  var connections: Int { accepted.count.withLock { $0 } }

  private final class Accepted: Sendable {
    let count = Mutex(0)
  }

  struct NoSocket: Error {}

  init(_ serve: @escaping @Sendable (Connection) -> Void) throws {
    let listener = try Self.openListener()
    guard let port = Self.port(of: listener) else { throw NoSocket() }
    self.port = port
    let accepted = accepted
    onOwnThread {
      while true {
        let socket = accept(listener, nil, nil)
        guard socket >= 0 else { continue }
        accepted.count.withLock { $0 += 1 }
        onOwnThread {
          serve(Connection(socket: socket))
          close(socket)
        }
      }
    }
  }

  /// A port on which nobody listens: one that was just given back.
  static func closedPort() throws -> UInt16 {
    let listener = try openListener()
    defer { close(listener) }
    guard let port = port(of: listener) else { throw NoSocket() }
    return port
  }

  /// A port that takes no connection and refuses none: its queue is full, and the kernel drops what else comes.
  struct Unreachable {
    let port: UInt16
    fileprivate let sockets: [Int32]

    func end() {
      for socket in sockets { close(socket) }
    }
  }

  static func unreachable() throws -> Unreachable {
    let listener = try openListener(queue: 0)
    guard let port = port(of: listener), let first = connect(to: port) else { throw NoSocket() }
    return Unreachable(port: port, sockets: [listener, first.socket])
  }

  private static func openListener(queue: Int32 = 1024) throws -> Int32 {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(port: 0)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard listener >= 0, bound == 0, listen(listener, queue) == 0 else { throw NoSocket() }
    return listener
  }

  static func connect(to port: UInt16) -> Connection? {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(port: port)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return connected == 0 ? Connection(socket: client) : nil
  }

  private static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func port(of listener: Int32) -> UInt16? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let known = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
    }
    return known == 0 ? UInt16(bigEndian: address.sin_port) : nil
  }
}
