import DNS
import DNSProviders
import Federation
import Testing

/// Commits of several services at once, as the controller sends them: gathered, and each as if it were alone.
struct Grouping {
  /// Makes a provider that knows nothing of what others have gathered.
  let provider: () throws -> any DNSProvider
  /// Requests to change something since ``forget``.
  let writes: () -> Int
  let forget: () -> Void

  func check() async throws {
    try await manyServicesTakeFewChangesAndEachIsWhole()
    try await oneThatIsRefusedOrFencedKeepsNobodyElseBack()
    try await ofTwoCommitsOfOneServiceOneIsFenced()
  }

  private func manyServicesTakeFewChangesAndEachIsWhole() async throws {
    let services = try (0..<33).map { try TestService("together\($0)") }
    let batches = first(services)
    let provider = try provider()
    #expect(provider.concurrentCommits >= 32)
    forget()
    let errors = await commit(batches, by: provider)
    #expect(errors.allSatisfy { $0 == nil }, "\(errors.compactMap { $0 })")
    // The first goes at once and alone; the others gather meanwhile, sixteen at most.
    #expect(writes() <= 5)
    let contents = try await self.provider().readZone()
    for (service, batch) in zip(services, batches) {
      #expect(contents.marks[service.markName] == batch.next)
      #expect(contents.recordSets.filter { $0.name == service.name() } == batch.changes[0].after.map { [$0] })
    }
  }

  private func oneThatIsRefusedOrFencedKeepsNobodyElseBack() async throws {
    let services = try (0..<8).map { try TestService("mixed\($0)") }
    var batches = first(services)
    // What the server itself refuses, and what its zone does not allow any more.
    let outside = RecordSet(name: DomainName(canonical: "www.example.org"), type: .a, ttl: 60, values: ["192.0.2.9"])
    batches[3].changes.append(Change(action: .create, name: outside.name, before: nil, after: outside))
    try await provider().commit(batches[5])
    let provider = try provider()
    for round in 0..<2 {
      let errors = await commit(batches, by: provider)
      for (index, error) in errors.enumerated() {
        // What was written in the first round is there in the second.
        let code: ProviderError.Code? = index == 3 ? .refused : index == 5 || round == 1 ? .fenced : nil
        #expect(error?.code == code, "\(index): \(error?.description ?? "")")
      }
    }
    let contents = try await provider.readZone()
    #expect(contents.marks[services[3].markName] == nil)
    #expect(services.indices.filter { contents.marks[services[$0].markName] != nil } == [0, 1, 2, 4, 5, 6, 7])
  }

  private func ofTwoCommitsOfOneServiceOneIsFenced() async throws {
    let service = try TestService("twice")
    let others = first(try (0..<4).map { try TestService("beside\($0)") })
    let twins = ["192.0.2.1", "192.0.2.2"].map { service.batch(nil, to: [service.set(nil, .a, $0)], writer: $0) }
    let errors = await commit(others + twins, by: try provider())
    #expect(errors.dropLast(2).allSatisfy { $0 == nil })
    #expect(errors.suffix(2).compactMap { $0?.code } == [.fenced])
  }

  /// Commits all at once; what came of each.
  private func commit(_ batches: [Batch], by provider: any DNSProvider) async -> [ProviderError?] {
    await withTaskGroup(of: (Int, ProviderError?).self) { group in
      for (index, batch) in batches.enumerated() {
        group.addTask {
          do throws(ProviderError) {
            try await provider.commit(batch)
            return (index, nil)
          } catch { return (index, error) }
        }
      }
      var errors = [ProviderError?](repeating: nil, count: batches.count)
      for await (index, error) in group { errors[index] = error }
      return errors
    }
  }

  private func first(_ services: [TestService]) -> [Batch] {
    services.enumerated().map { index, service in
      service.batch(
        nil, to: [service.set(nil, .a, "192.0.2.\(index + 1)"), service.set("z1", .a, "192.0.2.\(index + 1)")])
    }
  }
}
