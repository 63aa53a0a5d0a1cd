import Federation
import Foundation
import Glibc

@testable import DNS

/// A socket of the tests' own on 127.0.0.1 at a port that the kernel chose, served by a thread until it is closed.
final class LoopbackServer: Sendable {
  let address: ServerAddress
  private let descriptor: Int32

  /// One datagram and a way to answer it.
  struct Datagram {
    var bytes: [UInt8]
    let descriptor: Int32
    let sender: sockaddr_in

    func answer(_ bytes: [UInt8]) {
      var sender = sender
      withUnsafePointer(to: &sender) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          _ = sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }

    /// Answers from another port than was asked.
    func answerFromElsewhere(_ bytes: [UInt8]) {
      let (other, _) = LoopbackServer.open(SOCK_DGRAM)
      Datagram(bytes: [], descriptor: other, sender: sender).answer(bytes)
      Glibc.close(other)
    }
  }

  /// Serves datagrams.
  init(datagrams serve: @escaping @Sendable (Datagram) -> Void) {
    let (descriptor, port) = Self.open(SOCK_DGRAM)
    self.descriptor = descriptor
    address = ServerAddress(address: .v4(0x7F00_0001), port: port)
    Thread.detachNewThread {
      defer { Glibc.close(descriptor) }
      while true {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var sender = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = withUnsafeMutablePointer(to: &sender) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            recvfrom(descriptor, &buffer, buffer.count, 0, $0, &size)
          }
        }
        guard count > 0 else { return }
        serve(Datagram(bytes: Array(buffer[..<count]), descriptor: descriptor, sender: sender))
      }
    }
  }

  /// Serves one connection after another: gives the messages read, takes the bytes to send; nil ends the connection.
  init(
    connections serve: @escaping @Sendable ([UInt8]) -> [UInt8]?, hangsUp: Bool = false,
    onEnd: @escaping @Sendable () -> Void = {}
  ) {
    let (descriptor, port) = Self.open(SOCK_STREAM)
    self.descriptor = descriptor
    address = ServerAddress(address: .v4(0x7F00_0001), port: port)
    Thread.detachNewThread {
      defer { Glibc.close(descriptor) }
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        while let message = Self.readMessage(connection), let bytes = serve(message) {
          if !bytes.isEmpty { _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
          if hangsUp { break }
        }
        Glibc.close(connection)
        onEnd()
      }
    }
  }

  /// Ends the thread too, which closes the socket: closed here, its number could be another test's while the thread
  /// still serves it.
  func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// A port where nobody listens any more.
  static func closedPort(_ type: __socket_type) -> ServerAddress {
    let (descriptor, port) = open(type)
    Glibc.close(descriptor)
    return ServerAddress(address: .v4(0x7F00_0001), port: port)
  }

  static func open(_ type: __socket_type) -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, size)
        _ = getsockname(descriptor, $0, &size)
      }
    }
    if type == SOCK_STREAM { listen(descriptor, 16) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private static func readMessage(_ connection: Int32) -> [UInt8]? {
    func read(_ count: Int) -> [UInt8]? {
      var bytes = [UInt8](repeating: 0, count: count)
      return recv(connection, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
    }
    return read(2).flatMap { read(Int($0[0]) << 8 | Int($0[1])) }
  }
}

/// A message with its TCP length bytes before it.
func framed(_ message: [UInt8]) -> [UInt8] {
  [UInt8(message.count >> 8), UInt8(message.count & 0xFF)] + message
}
