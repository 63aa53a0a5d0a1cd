import Glibc
import JSON
import Synchronization
import Testing

@testable import APIServer

/// A process that serves a store is killed (SIGKILL) under load; what it acknowledged must be there afterwards.
@Suite(.serialized) struct RestartTests {
  /// How often it is killed: `ZONETOP_KILLS`, a few times by itself.
  private static var kills: Int { getenv("ZONETOP_KILLS").flatMap { Int(String(cString: $0)) } ?? 6 }

  @Test func noAcknowledgedWriteIsLost() async throws {
    let folder = try StoreFolder()
    defer { folder.remove() }
    var acknowledged = 0
    for round in 0..<Self.kills {
      let path = folder.path
      await #expect(processExitsWith: .signal(SIGKILL), "round \(round)") {
        [path = path as String, round = round as Int] in
        try await WriterProcess.run(in: path, round: round)
      }
      let now = try await WriterProcess.check(in: path)
      #expect(now > acknowledged, "round \(round) acknowledged nothing, so it proves nothing")
      acknowledged = now
    }
  }
}

/// The process that is killed: writers that note each acknowledgement after it came.
enum WriterProcess {
  private static let writers = 8

  static func run(in folder: String, round: Int) async throws {
    let endpoint = APIEndpoint(
      path: "", catalog: .federation, kept: try await SQLiteLog.open(folder + "/federation.sqlite", journalCapacity: 64)
    )
    try await endpoint.ensureNamespaces(["ns"])
    let notes = open(folder + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    try #require(notes >= 0)
    try await withThrowingDiscardingTaskGroup { group in
      for writer in 0..<writers {
        group.addTask {
          for index in 0... {
            let name = "w\(writer)-r\(round)-\(index)"
            let made = try await endpoint.create(.lease, in: "ns", .named(name), by: .client)
            note("+ \(name) \(made.uid) \(made.revision)\n", in: notes)
            if index.isMultiple(of: 3) {
              note("? \(name)\n", in: notes)
              try await endpoint.delete(.lease, ObjectName(namespace: "ns", name: name))
              note("- \(name)\n", in: notes)
            }
          }
        }
      }
    }
  }

  /// Notes what was acknowledged; after so many notes the process is killed, whatever its other writers are at.
  private static func note(_ line: String, in descriptor: Int32) {
    let bytes = Array(line.utf8)
    _ = write(descriptor, bytes, bytes.count)
    if noted.add(1, ordering: .relaxed).newValue == last { kill(getpid(), SIGKILL) }
  }

  private static let noted = Atomic(0)
  private static let last = Int.random(in: 5...200)

  /// Holds the store against the notes and returns how many there are.
  static func check(in folder: String) async throws -> Int {
    let kept = try await SQLiteLog.open(folder + "/federation.sqlite", journalCapacity: 64)
    await kept.log.close()
    let store = kept.store
    var states: [String: (uid: Substring, isDoubtful: Bool, isGone: Bool)] = [:]
    var highest: UInt64 = 0
    let lines = String(decoding: try StoreFolder.bytes(folder + "/acknowledged"), as: UTF8.self).split(separator: "\n")
    for line in lines {
      let words = line.split(separator: " ")
      let name = String(words[1])
      switch words[0] {
      case "+":
        #expect(states[name] == nil)
        states[name] = (words[2], false, false)
        highest = max(highest, try #require(UInt64(words[3])))
      case "?": states[name]?.isDoubtful = true
      default: states[name]?.isGone = true
      }
    }
    #expect(store.revision >= highest)
    for (name, state) in states {
      let object = store[ResourceKind.lease.id, ObjectName(namespace: "ns", name: name)]
      if state.isGone {
        #expect(object == nil, "\(name) is back")
      } else if !state.isDoubtful {
        #expect(object?.uid == String(state.uid), "\(name) is lost")
      }
    }
    return lines.count
  }
}
