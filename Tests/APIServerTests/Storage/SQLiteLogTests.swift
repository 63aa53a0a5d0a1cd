import CDispatch
import Glibc
import JSON
import Testing

@testable import APIServer

@Suite struct SQLiteLogTests {
  private let lease = ObjectName(namespace: "ns", name: "a")

  private func fill(_ endpoint: APIEndpoint) async throws {
    try await endpoint.create(.namespace, .named("ns"), by: .client)
    for name in ["a", "b", "c"] { try await endpoint.create(.lease, in: "ns", .named(name), by: .client) }
    try await endpoint.patch(.lease, lease, .merge(["spec": ["holderIdentity": "x\u{e9}\0"]]), by: .client)
    try await endpoint.delete(.lease, ObjectName(namespace: "ns", name: "b"))
  }

  @Test func whatWasAnsweredIsThereAfterARestart() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let first = try await folder.open()
    try await fill(first)
    let before = try await first.everything()
    let revision = await first.revision
    await first.close()
    let second = try await folder.open()
    #expect(try await second.everything() == before)
    #expect(before.count == 3)
    #expect(await second.revision == revision)
    let next = try await second.create(.lease, in: "ns", .named("d"), by: .client)
    #expect(next.revision == revision + 1)
    await second.close()
  }

  @Test func aWatchCarriesOnAcrossARestartAndIsToldWhenItCannot() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let first = try await folder.open(journalCapacity: 4)
    let start = await first.revision
    try await fill(first)
    let filter = WatchFilter(kinds: [ResourceKind.lease.id])
    let told = try await messages(of: first.watch(filter, from: .after(start)), at: first)
    #expect(told.map(\.first) == ["+", "+", "+", "~", "-"])
    await first.close()
    let second = try await folder.open(journalCapacity: 4)
    #expect(try await messages(of: second.watch(filter, from: .after(start)), at: second) == told)
    for index in 0..<20 {
      try await second.patch(.lease, lease, .merge(["spec": ["leaseTransitions": .integer(Int64(index))]]), by: .client)
    }
    await second.close()
    let third = try await folder.open(journalCapacity: 4)
    let error = await #expect(throws: APIError.self) { try await third.watch(filter, from: .after(start)) }
    #expect(error?.code == 410)
    let latest = try await messages(of: third.watch(filter, from: .after(await third.revision - 4)), at: third)
    #expect(latest.count == 4)
    await third.close()
  }

  private func messages(of watch: WatchSubscription, at endpoint: APIEndpoint) async -> [String] {
    await endpoint.forget(watch)
    var texts: [String] = []
    for await message in watch.messages {
      switch message {
      case .added(_, let object): texts.append("+" + String(decoding: object.text, as: UTF8.self))
      case .modified(_, let object): texts.append("~" + String(decoding: object.text, as: UTF8.self))
      case .deleted(_, let object): texts.append("-" + String(decoding: object.text, as: UTF8.self))
      case .bookmark: break
      }
    }
    return texts
  }

  @Test func concurrentWritersAreAllKeptAndShareCommits() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open()
    try await endpoint.create(.namespace, .named("ns"), by: .client)
    try await withThrowingDiscardingTaskGroup { writers in
      for writer in 0..<16 {
        writers.addTask {
          for index in 0..<10 {
            try await endpoint.create(.lease, in: "ns", .named("l-\(writer)-\(index)"), by: .client)
          }
        }
      }
    }
    let all = try await endpoint.everything()
    #expect(all.count == 161)
    await endpoint.close()
    let again = try await folder.open()
    #expect(try await again.everything() == all)
    await again.close()
  }

  @Test func aSecondOpenerIsRefusedAndNamesTheFirst() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open()
    let error = await #expect(throws: StorageError.self) { try await SQLiteLog.open(folder.store) }
    #expect(
      error?.description
        == "the store \(folder.store) is in use by another process (process \(getpid())); stop it or name another store"
    )
    await endpoint.close()
  }

  @Test(arguments: ["", "hello, this is a letter\n", String(repeating: "SQLite format 3\0", count: 8)])
  func aForeignFileIsLeftAlone(_ text: String) async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    try StoreFolder.write(Array(text.utf8), to: folder.store)
    let error = await #expect(throws: StorageError.self) { try await SQLiteLog.open(folder.store) }
    #expect(error?.description.contains("is no store of zonetop") == true)
    #expect(try StoreFolder.bytes(folder.store) == Array(text.utf8))
  }

  @Test func aStoreOfANewerVersionIsLeftAlone() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    try await folder.open().close()
    var bytes = try StoreFolder.bytes(folder.store)
    bytes[63] = 99
    try StoreFolder.write(bytes, to: folder.store)
    let error = await #expect(throws: StorageError.self) { try await SQLiteLog.open(folder.store) }
    #expect(error?.description.contains("newer zonetop (version 99") == true)
    #expect(try StoreFolder.bytes(folder.store) == bytes)
  }

  @Test func aDamagedFileIsSaidToBeAndLeftAlone() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open()
    try await fill(endpoint)
    await endpoint.close()
    var bytes = try StoreFolder.bytes(folder.store)
    for index in bytes.indices.dropFirst(4096) { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
    try StoreFolder.write(bytes, to: folder.store)
    let error = await #expect(throws: StorageError.self) { try await SQLiteLog.open(folder.store) }
    #expect(error?.description.contains("is damaged (") == true)
    #expect(error?.description.contains("\n") == false)
    #expect(try StoreFolder.bytes(folder.store) == bytes)
  }

  @Test func aClosedStoreRefusesWrites() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open()
    try await fill(endpoint)
    await endpoint.close()
    let error = await #expect(throws: APIError.self) {
      try await endpoint.create(.lease, in: "ns", .named("late"), by: .client)
    }
    #expect(error?.code == 500)
    #expect(error?.message.contains("the change could not be kept in \(folder.store)") == true)
    #expect(try await endpoint.everything().count == 3)
  }

  @Test func aMissingFolderIsOneLine() async throws {
    let error = await #expect(throws: StorageError.self) { try await SQLiteLog.open("/nonexistent/x.sqlite") }
    #expect(error?.description.contains("No such file or directory") == true)
  }

  @Test func theFileIsItsOwnersOnly() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open()
    try await fill(endpoint)
    for name in folder.names {
      var info = stat()
      #expect(stat("\(folder.path)/\(name)", &info) == 0)
      #expect(info.st_mode & 0o077 == 0, "\(name)")
    }
    #expect(folder.names.contains("federation.sqlite-wal"))
    await endpoint.close()
  }
}
