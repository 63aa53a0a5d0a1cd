import Control
import Federation
import Foundation
import Resolution
import Testing

@testable import Journal

/// A controller that answers at once.
private struct Answering: FederationController {
  var pictures: [FederationSnapshot]
  var preview: DrainPreview
  var trace: Trace

  func snapshots() -> AsyncStream<FederationSnapshot> {
    AsyncStream { continuation in
      for picture in pictures { continuation.yield(picture) }
      continuation.finish()
    }
  }
  func perform(_ intent: Intent) async -> IntentResult { .refused(.oneDrain, "one stands") }
  func preview(_ change: OrderChange) async -> DrainPreview { preview }
  func trace(_ name: DomainName, type: RecordType) async -> Trace { trace }
}

@Suite struct RecordingControllerTests {
  @Test func whatPassesIsWrittenAndPassesUnchanged() async throws {
    let folder = NSTemporaryDirectory() + "zonetop-journal-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var pictures = RandomPictures(seed: 31)
    let picture = pictures.picture()
    let inner = Answering(pictures: [picture], preview: pictures.preview(), trace: pictures.trace())
    let recorder = JournalRecorder(folder: folder)
    let now = picture.time + .seconds(1)
    let controller = RecordingController(inner, recorder: recorder, operatorName: "ops1", now: { now })
    var seen: [FederationSnapshot] = []
    for await snapshot in controller.snapshots() { seen.append(snapshot) }
    #expect(seen == [picture])
    let order = inner.preview.change
    let intent = Intent.place(try #require(order.cordons.first), planHash: "9f", overrides: [])
    #expect(await controller.preview(order) == inner.preview)
    #expect(await controller.perform(intent) == .refused(.oneDrain, "one stands"))
    #expect(await controller.trace(inner.trace.name, type: .a) == inner.trace)
    #expect(await controller.trace(inner.trace.name, type: .a) == inner.trace)
    await recorder.finish()
    let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
    // The same walk twice is one line.
    let kinds = try bytes.split(separator: UInt8(ascii: "\n")).map { try JournalEntry(line: $0).content }
    #expect(
      kinds == [
        .picture(picture), .preview(inner.preview), .intent(intent, by: "ops1"),
        .result(.refused(.oneDrain, "one stands"), of: intent, by: "ops1"), .trace(inner.trace),
      ])
    let recording = try Recording.read(bytes, name: file).recording
    #expect(recording.preview(of: order, at: now) == inner.preview)
    #expect(recording.trace(of: inner.trace.name, at: now)?.trace == inner.trace)
    #expect(recording.trace(of: inner.trace.name, at: now + .seconds(-1)) == nil)
  }

  /// A disk that is full is played by a limit on the size of files, in a process of its own.
  @Test func aFullDiskLeavesWholeLinesAndStopsNobody() async {
    await #expect(processExitsWith: .success) {
      let folder = NSTemporaryDirectory() + "zonetop-journal-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 30_000, rlim_max: 30_000)
      setrlimit(__rlimit_resource_t(1), &limit)
      let recorder = JournalRecorder(folder: folder)
      var pictures = RandomPictures(seed: 5)
      var picture = pictures.picture()
      for count in 0..<300 {
        picture.dns = .changing(count)
        recorder.put(.seen(picture))
        // Pictures that wait side by side would become one.
        recorder.put(.entry(JournalEntry(time: picture.time, content: .intent(.reconcile(nil), by: "ops1"))))
        picture = pictures.picture(after: picture)
      }
      await recorder.finish()
      var notices: [String] = []
      for await notice in recorder.notices { notices.append(notice) }
      let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
      let reading = try Recording.read(bytes, name: file)
      #expect(bytes.count > 10_000 && bytes.count <= 30_000, "\(bytes.count) bytes")
      #expect(bytes.last == UInt8(ascii: "\n"), "not a whole line")
      #expect(reading.note == nil, "torn")
      #expect(notices.count == 1, "\(notices)")
      #expect(notices.first?.hasSuffix("File too large") == true, "\(notices)")
    }
  }
}
