import DNS
import Federation
import Testing

@testable import DNSProviders

extension UpdateBed {
  /// Edits the zone in many ways and reads it after each: what is put together from changes must be what a whole read
  /// gives. Returns how the reads were answered.
  func incrementalReads() async throws -> ZoneCopies.Tally {
    let service = try TestService("steps")
    let kept = provider
    _ = try await kept.readZone()
    let one = ResourceRecord(name: service.name(), ttl: 180, data: .address(.v4(0xC000_0201)))
    let two = ResourceRecord(name: service.name(), ttl: 180, data: .address(.v4(0xC000_0202)))
    let later = ResourceRecord(name: service.name(), ttl: 60, data: .address(.v4(0xC000_0202)))
    let text = ResourceRecord(name: service.name("r1"), ttl: 60, data: .txt([Array("theirs".utf8)]))
    let alias = ResourceRecord(name: service.name("z1"), ttl: 60, data: .cname(service.name()))
    let mail = ResourceRecord(
      name: service.name("r1"), type: .mx, resourceClass: .internet, ttl: 60, data: .opaque([0, 10, 1, 0x61, 0]))
    let edits: [[ResourceRecord]] = [
      [one], [two], [.delete(one.name, one.data)], [], [text, mail], [later], [alias, one], [],
      [.deleteSet(alias.name, .cname), ResourceRecord(name: alias.name, ttl: 60, data: one.data)], [],
      [.deleteSet(one.name, .any)], [one, two], [.deleteSet(mail.name, .mx)], [], [.deleteSet(one.name, .a)], [],
      [.deleteSet(text.name, .txt), .deleteSet(alias.name, .any)],
    ]
    for (index, records) in edits.enumerated() {
      if !records.isEmpty { try await edit(records) }
      let contents = try await kept.readZone()
      let fresh = try await provider.readZone()
      #expect(contents == fresh, "after edit \(index)")
    }
    let mark = try await subject.publish(service, service.set(nil, .a, "192.0.2.1"))
    #expect(try await kept.readZone().marks[service.markName] == mark)
    return await kept.copies.tally
  }
}
