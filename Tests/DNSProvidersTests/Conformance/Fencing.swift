import DNS
import DNSProviders
import Federation
import Testing

extension Behaviour {
  static let fencing = [
    Behaviour("three writers at once lose no update") { subject in
      let service = try TestService("counted")
      try await subject.publish(service, service.set(nil, .a, "10.0.0.0"))
      let each = 20
      let arrived = Progress()
      let fenced = try await withThrowingTaskGroup(of: Int.self) { group in
        for writer in 0..<3 {
          group.addTask {
            var fenced = 0
            for round in 0..<each {
              while true {
                let contents = try await subject.read(service, service.name())
                let before = try #require(contents.recordSets.first)
                let count = try #require(
                  before.values.first.flatMap { $0.split(separator: ".").last }.flatMap { Int($0) })
                let batch = service.batch(
                  contents.marks[service.markName], from: [before],
                  to: [service.set(nil, .a, "10.0.0.\(count + 1)")], writer: "writer/\(writer)")
                if round == 0, fenced == 0 {
                  // All three have read the same mark before any of them writes: at least two must be fenced.
                  arrived.step()
                  while arrived.count < 3 { await Task.yield() }
                }
                guard let refusal = await subject.refusal(batch) else { break }
                #expect(refusal.code == .fenced)
                fenced += 1
              }
            }
            return fenced
          }
        }
        return try await group.reduce(0, +)
      }
      let contents = try await subject.read(service, service.name())
      #expect(contents.recordSets == [service.set(nil, .a, "10.0.0.\(3 * each)")])
      #expect(contents.marks[service.markName]?.generation == UInt64(3 * each + 1))
      #expect(fenced >= 2)
    },
    Behaviour("a writer that was paused and wakes changes nothing, and is told why") { subject in
      let service = try TestService("paused")
      let old = service.set(nil, .a, "192.0.2.1")
      let mark = try await subject.publish(service, old)
      let late = service.batch(mark, from: [old], to: [service.set(nil, .a, "192.0.2.66")], writer: "late/1")
      let new = service.set(nil, .a, "192.0.2.2")
      let batch = service.batch(mark, from: [old], to: [new], writer: "quick/1")
      try await subject.provider.commit(batch)
      let refusal = try #require(await subject.refusal(late))
      #expect(refusal.code == .fenced)
      #expect(refusal.description.contains("generation 2 of myfederation by quick/1"))
      let contents = try await subject.read(service, service.name())
      #expect(contents.recordSets == [new])
      #expect(contents.marks[service.markName] == batch.next)
      #expect(await subject.refusal(service.batch(nil, to: [service.set("r1", .a, "192.0.2.3")]))?.code == .fenced)
    },
    Behaviour("a commit whose reply was lost can be sent again, and a read tells that it was done") { subject in
      let service = try TestService("lost")
      let batch = service.batch(nil, to: [service.set(nil, .a, "192.0.2.1")])
      try await subject.provider.commit(batch)
      #expect(await subject.refusal(batch)?.code == .fenced)
      let contents = try await subject.read(service, service.name())
      #expect(contents.marks[service.markName] == batch.next)
      #expect(contents.recordSets == [service.set(nil, .a, "192.0.2.1")])
    },
  ]
}
