import DNS
import DNSProviders
import Federation
import Testing

/// What providers do when the way to the server goes wrong; those whose way cannot be disturbed here pass it by.
extension Behaviour {
  static let troubled = [
    Behaviour("a lost reply is said to be one, and a read tells that the commit was done") { subject in
      guard let faults = subject.faults else { return }
      let service = try TestService("lostreply")
      let first = service.set(nil, .a, "192.0.2.1")
      let mark = try await subject.publish(service, first)
      let next = service.batch(mark, from: [first], to: [service.set(nil, .a, "192.0.2.2")])
      faults.loseNextReply()
      let refusal = try #require(await subject.refusal(next))
      #expect(faults.areSpent())
      #expect(refusal.code == .unreachable)
      #expect(refusal.description.contains("read again"), "\(refusal)")
      let contents = try await subject.read(service, service.name())
      #expect(contents.recordSets == [service.set(nil, .a, "192.0.2.2")])
      #expect(contents.marks[service.markName] == next.next)
      #expect(await subject.refusal(next)?.code == .fenced)
    },
    Behaviour("waits and goes on when it is asked to slow down") { subject in
      guard let faults = subject.faults else { return }
      let service = try TestService("throttled")
      faults.throttle(2)
      try await subject.publish(service, service.set(nil, .a, "192.0.2.1"))
      #expect(faults.areSpent())
      faults.throttle(2)
      #expect(try await subject.read(service, service.name()).recordSets.count == 1)
      #expect(faults.areSpent())
    },
    Behaviour("half an answer is never taken for a zone") { subject in
      guard let faults = subject.faults else { return }
      let service = try TestService("halved")
      try await subject.publish(service, service.set(nil, .a, "192.0.2.1"), service.alias("z1", to: nil))
      faults.halveNextRead()
      // It is asked again, or refused: what comes is whole.
      let contents = try? await subject.provider.readZone()
      #expect(faults.areSpent())
      if let contents { #expect(contents.recordSets.count { $0.name.text.hasPrefix("halved.") } == 2) }
      #expect(try await subject.provider.readZone().marks[service.markName] != nil)
    },
  ]
}
