import Glibc
import JSON
import Testing

@testable import APIServer

@Suite struct FullDiskTests {
  @Test func writesAreRefusedWhileThereIsNoSpaceAndTakenAgainAfterwards() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let kept = try await SQLiteLog.open(folder.store)
    let log = try #require(kept.log as? SQLiteLog)
    let endpoint = APIEndpoint(path: "", catalog: .federation, kept: kept)
    try await endpoint.create(.namespace, .named("ns"), by: .client)
    try await log.limitPages(to: 1)
    let refusal = try await fill(endpoint)
    #expect(refusal.code == 500)
    #expect(refusal.message.contains("no space is left for \(folder.store)"))
    let before = try await endpoint.everything()
    #expect(try await fill(endpoint).code == 500)
    #expect(try await endpoint.everything() == before)
    try await log.limitPages(to: 0)
    try await endpoint.create(.configMap, in: "ns", .named("last"), by: .client)
    let after = try await endpoint.everything()
    #expect(after.count == before.count + 1)
    await endpoint.close()
    let again = try await folder.open()
    #expect(try await again.everything() == after)
    await again.close()
  }

  @Test(.enabled(if: Self.canMount, "a small file system cannot be mounted here"))
  func aFullFileSystemLosesNothing() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    try #require(mount("tmpfs", folder.path, "tmpfs", 0, "size=512k") == 0)
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    let endpoint = try await folder.open()
    try await endpoint.create(.namespace, .named("ns"), by: .client)
    let refusal = try await fill(endpoint)
    #expect(refusal.code == 500, "\(refusal.message)")
    let before = try await endpoint.everything()
    #expect(before.count > 3)
    #expect(mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT), "size=8m") == 0)
    try await endpoint.create(.configMap, in: "ns", .named("last"), by: .client)
    let after = try await endpoint.everything()
    #expect(after.count == before.count + 1)
    await endpoint.close()
    let again = try await folder.open()
    #expect(try await again.everything() == after)
    await again.close()
  }

  private static let canMount: Bool = {
    guard let folder = try? StoreFolder() else { return false }
    defer { folder.remove() }
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=512k") == 0 else { return false }
    return umount2(folder.path, Int32(MNT_DETACH)) == 0
  }()

  /// Writes until it is refused, and says how.
  private func fill(_ endpoint: APIEndpoint) async throws -> APIError {
    let text = String(repeating: "x", count: 20_000)
    for _ in 0..<200 {
      let body: JSONValue = ["metadata": ["generateName": "full-"], "data": ["text": .string(text)]]
      do throws(APIError) {
        try await endpoint.create(.configMap, in: "ns", body, by: .client)
      } catch {
        return error
      }
    }
    throw StorageError("200 writes of 20 kB were taken")
  }
}
