import Glibc
import JSON
import Testing

@testable import APIServer

/// The files as they lie on disk at any moment open to what was acknowledged; cut short, to what was at an earlier one.
@Suite struct CrashRecoveryTests {
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func anyMomentCanBeOpened(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open(journalCapacity: 16)
    try await endpoint.ensureNamespaces(["n0", "n1"])
    var model = ModelStore(revision: await endpoint.revision)
    for step in 0..<60 {
      let request = RandomRequest.random(using: &generator)
      let expected = model.carryOut(request)
      #expect(await carryOut(request, at: endpoint) == expected)
      guard step.isMultiple(of: 6) else { continue }
      let whole = try await recover(folder, cut: 0)
      #expect(whole.store.revision == model.revision)
      #expect(objects(whole.store) == model.objects)
      let log = try StoreFolder.bytes(folder.store + "-wal").count
      let torn = try await recover(folder, cut: Int.random(in: 1..<log, using: &generator))
      // Before the model's first revision there are only the namespaces.
      #expect(objects(torn.store) == model.history[torn.store.revision] ?? [:])
      #expect(torn.store.revision <= model.revision)
    }
    await endpoint.close()
  }

  /// Opens a copy of the files, the write-ahead log without its last bytes.
  private func recover(_ folder: StoreFolder, cut: Int) async throws -> KeptStore {
    let copy = try StoreFolder()
    defer { copy.remove() }
    try StoreFolder.write(try StoreFolder.bytes(folder.store), to: copy.store)
    try StoreFolder.write(try StoreFolder.bytes(folder.store + "-wal").dropLast(cut), to: copy.store + "-wal")
    let kept = try await SQLiteLog.open(copy.store, journalCapacity: 16)
    await kept.log.close()
    return kept
  }

  private func carryOut(_ request: RandomRequest, at endpoint: APIEndpoint) async -> String? {
    let body = request.body(seen: try? await endpoint.get(.lease, request.name))
    do throws(APIError) {
      switch request {
      case .create(let name, _): try await endpoint.create(.lease, in: name.namespace, body, by: .client)
      case .update(let name, _, _): try await endpoint.update(.lease, name, body, by: .client)
      case .patch(let name, _): try await endpoint.patch(.lease, name, .merge(body), by: .client)
      case .delete(let name): try await endpoint.delete(.lease, name)
      }
      return nil
    } catch {
      return error.reason
    }
  }

  private func objects(_ store: ResourceStore) -> [ObjectName: ModelStore.Object] {
    RegistryModelTests.objects(Registry(catalog: .federation, store: store))
  }
}
