/// What a server answered, and how.
package struct DNSReply: Sendable {
  package var message: Message
  package var server: ServerAddress
  package var transport: Transport
  /// From the first attempt to the answer, connecting included.
  package var latency: Duration

  package enum Transport: String, Hashable, Sendable {
    case udp = "UDP"
    case tcp = "TCP"
  }

  package init(message: Message, server: ServerAddress, transport: Transport, latency: Duration) {
    self.message = message
    self.server = server
    self.transport = transport
    self.latency = latency
  }
}
