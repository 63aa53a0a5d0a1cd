import Federation
import NIOCore

extension ServerAddress {
  init?(_ socket: SocketAddress) {
    guard let host = socket.ipAddress.flatMap({ IPAddress($0) }),
      let port = socket.port.flatMap({ UInt16(exactly: $0) })
    else { return nil }
    self.init(address: host, port: port)
  }

  /// The address as the socket library has it.
  func socketAddress() throws(DNSError) -> SocketAddress {
    do {
      return try SocketAddress(ipAddress: address.description, port: Int(port))
    } catch {
      throw DNSError(.unreachable, "\(self) is no address that can be asked: write it as 127.0.0.1:53 or [::1]:53")
    }
  }
}
