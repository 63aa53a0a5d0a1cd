import DNS
import Dispatch
import Federation
import Glibc
import Testing

/// A TCP server that takes what comes and closes without a word: where replies are lost.
final class DeafServer: Sendable {
  let address: ServerAddress
  private let descriptor: Int32

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, length)
        _ = getsockname(descriptor, $0, &length)
      }
      return UInt16(bigEndian: place.pointee.sin_port)
    }
    address = try #require(ServerAddress("127.0.0.1:\(port)"))
    listen(descriptor, 8)
    DispatchQueue.global().async { @Sendable in
      // Closed by the one that uses it: closed elsewhere, its number could already be another test's.
      defer { Glibc.close(descriptor) }
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 65_537)
        _ = recv(connection, &bytes, bytes.count, 0)
        Glibc.close(connection)
      }
    }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
