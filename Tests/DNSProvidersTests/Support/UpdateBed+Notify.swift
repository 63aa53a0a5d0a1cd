import DNS
import DNSProviders
import Federation
import Testing

extension UpdateBed {
  /// The server tells of a change by itself, signed with its key, and a read then finds the change.
  func notifiesOfAChange() async throws {
    let address = try #require(try Bed.current?.server(port: "NOTIFY_PORT"))
    let listener = try await NotifyListener.start(
      on: address, zone: Self.zone, senders: [self.address.address], key: key)
    let service = try TestService("notified")
    let before = try await serial()
    let set = service.set(nil, .a, "192.0.2.1")
    try await subject.publish(service, set)
    for await notification in listener.notifications {
      // Of a change before this one the server may have been telling all along; PowerDNS does not say the serial.
      if let serial = notification.serial, serial <= before { continue }
      #expect(notification.sender == self.address.address && notification.zone == Self.zone)
      #expect(try await provider.readZone().recordSets.contains(set))
      break
    }
    await listener.close()
  }

  private func serial() async throws -> UInt32 {
    let reply = try await DNSClient.standard.query(Question(name: Self.zone, type: .soa), at: address, flags: [])
    guard case .soa(let soa)? = reply.message.answers.first?.data else { return .max }
    return soa.serial
  }
}
