import Control
import Federation
import Foundation
import Testing

@testable import Journal

@Suite struct FileTests {
  private static func folder() throws -> String {
    let path = NSTemporaryDirectory() + "zonetop-journal-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return path
  }

  private static func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
  }

  private static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

  private static func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test func aSessionIsReadAsItWas() async throws {
    let parent = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: parent) }
    let recorder = JournalRecorder(folder: parent + "/journal")
    var pictures = RandomPictures(seed: 11)
    var picture = pictures.picture()
    var seen: [FederationSnapshot] = []
    for _ in 0..<150 {
      recorder.put(.seen(picture))
      await recorder.finish()
      seen.append(picture)
      picture = pictures.picture(after: picture)
      picture.dns = .changing(seen.count)
    }
    let intent = pictures.intent()
    recorder.put(.entry(JournalEntry(time: picture.time, content: .intent(intent, by: "ops1"))))
    await recorder.finish()
    #expect(try Self.mode(parent + "/journal") == 0o700)
    let files = try Self.files(parent + "/journal")
    #expect(files.count == 1)
    #expect(try Self.mode(files[0]) == 0o600)
    let recording = try Recording.read(try Self.bytes(files[0]), name: "it").recording
    for picture in seen {
      #expect(recording.picture(at: picture.time)?.withoutLooks == picture.withoutLooks)
    }
    #expect(recording.deeds == [Deed(time: picture.time, intent: intent, by: "ops1")])
    #expect(recording.turns.count == 151)
  }

  @Test func filesFollowOneAnotherAndTheOldestGo() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let limits = JournalLimits(fileBytes: 40_000, totalBytes: 120_000)
    let writer = try JournalWriter(folder: folder, limits: limits)
    var pictures = RandomPictures(seed: 2)
    var picture = pictures.picture()
    var last = picture
    for count in 0..<400 {
      picture.dns = .changing(count)
      try writer.write(.seen(picture))
      last = picture
      picture = pictures.picture(after: picture)
    }
    let files = try Self.files(folder)
    #expect(files.count > 1)
    let sizes = try files.map { try Self.bytes($0).count }
    #expect(sizes.reduce(0, +) <= limits.totalBytes)
    // A picture is some kilobytes: no file is larger than its limit and one line.
    #expect(sizes.allSatisfy { $0 <= limits.fileBytes + 20_000 })
    var ends: [FederationSnapshot?] = []
    for file in files {
      let recording = try Recording.read(try Self.bytes(file), name: file).recording
      ends.append(recording.picture(at: last.time)?.withoutLooks)
    }
    #expect(ends.contains(last.withoutLooks))
  }

  @Test func aTornLastLineIsLeftOutAndSaid() throws {
    var pictures = RandomPictures(seed: 4)
    let picture = pictures.picture()
    let newline: [UInt8] = [UInt8(ascii: "\n")]
    let first = JournalEntry(time: picture.time, content: .picture(picture)).line + newline
    let second = JournalEntry(time: picture.time, content: .intent(.reconcile(nil), by: "ops1")).line
    let whole = try Recording.read(first + second, name: "j")
    #expect(whole.note == nil)
    #expect(whole.recording.deeds.count == 1)
    let torn = try Recording.read(first + second.dropLast(7), name: "j")
    #expect(torn.note == "j:2: the last line was cut off, and is left out")
    #expect(torn.recording.deeds.isEmpty)
    #expect(torn.recording.picture(at: picture.time) == picture)
    // Anywhere else, or with its newline, it is no crash.
    for bad in [first + second.dropLast(7) + newline, first + second.dropLast(7) + newline + second] {
      let error = #expect(throws: JournalError.self) { try Recording.read(bad, name: "j") }
      #expect(error?.description.hasPrefix("j:2: no line of a journal: ") == true)
    }
    #expect(throws: JournalError.self) { try Recording.read(second + newline, name: "j") }
    #expect(throws: JournalError.self) { try Recording.read([], name: "j") }
    #expect(throws: JournalError.self) { try Recording.read(Array("\u{1B}[31m\n".utf8), name: "j") }
  }

  @Test func aFolderOfOthersIsRefusedOnceAndNobodyStops() async throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    let link = folder + "/link"
    let real = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: real) }
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
    var pictures = RandomPictures(seed: 4)
    let missing = folder + "/none/journal"
    for place in [folder, link, missing] {
      let recorder = JournalRecorder(folder: place)
      for _ in 0..<3 { recorder.put(.seen(pictures.picture())) }
      await recorder.finish()
      recorder.put(.seen(pictures.picture()))
      await recorder.finish()
      var notices: [String] = []
      for await notice in recorder.notices { notices.append(notice) }
      #expect(notices.count == 1)
      #expect(notices.first?.hasPrefix("no journal is kept: ") == true)
    }
    #expect(try Self.files(real) == [])
  }
}
