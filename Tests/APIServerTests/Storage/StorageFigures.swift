import CDispatch
import Glibc
import JSON
import Testing

@testable import APIServer

/// How fast the store is on this machine; printed, not judged.
@Suite(.serialized, .enabled(if: getenv("ZONETOP_MEASURE") != nil, "set ZONETOP_MEASURE to measure"))
struct StorageFigures {
  @Test(arguments: [1, 16, 64]) func writes(_ writers: Int) async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open()
    try await endpoint.ensureNamespaces(["ns"])
    let clock = ContinuousClock()
    let start = clock.now
    let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for writer in 0..<writers {
        group.addTask {
          var times: [Duration] = []
          var index = 0
          while clock.now - start < .seconds(5) {
            let body = Samples.object(.service, "s-\(writer)-\(index)")
            times.append(try await clock.measure { try await endpoint.create(.service, in: "ns", body, by: .client) })
            index += 1
          }
          return times
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }.sorted()
    }
    let elapsed = clock.now - start
    print(
      "\(writers) writers: \(Int(Double(times.count) / (elapsed / .seconds(1)))) writes/s, median \(times[times.count / 2]),",
      "p99 \(times[times.count * 99 / 100])")
    await endpoint.close()
  }

  @Test func opening() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    let endpoint = try await folder.open()
    try await endpoint.ensureNamespaces(["ns"])
    try await withThrowingDiscardingTaskGroup { group in
      for writer in 0..<50 {
        group.addTask {
          for index in 0..<200 {
            try await endpoint.create(.service, in: "ns", Samples.object(.service, "s-\(writer)-\(index)"), by: .client)
          }
        }
      }
    }
    let clock = ContinuousClock()
    let listing = try await clock.measure { _ = try await endpoint.list(.service) }
    let revision = await endpoint.revision - 2000
    let past = try await clock.measure {
      _ = try await endpoint.list(.service, Selection(), ListOptions(limit: 500, state: .exactly(revision)))
    }
    await endpoint.close()
    let opening = try await clock.measure { try await folder.open().close() }
    print(
      "10,000 services: opened and closed in \(opening), listed in \(listing), 500 of 2000 revisions ago in \(past)")
    var info = stat()
    stat(folder.store, &info)
    print("the file has \(info.st_size >> 10) KiB")
  }
}
