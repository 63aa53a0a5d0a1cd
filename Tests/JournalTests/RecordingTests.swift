import Control
import Federation
import Testing

@testable import Journal

@Suite struct RecordingTests {
  @Test(arguments: 1...10)
  func everyMomentHasItsPicture(seed: UInt64) {
    var pictures = RandomPictures(seed: seed)
    var recording = Recording()
    var picture = pictures.picture()
    var seen: [FederationSnapshot] = []
    for count in 0..<300 {
      picture.dns = .changing(count)
      recording.see(picture)
      seen.append(picture)
      picture = pictures.picture(after: picture)
    }
    #expect(recording.turns == seen.map(\.time))
    for picture in seen.shuffled(using: &pictures.dice).prefix(60) {
      #expect(recording.picture(at: picture.time)?.withoutLooks == picture.withoutLooks)
      #expect(recording.picture(at: picture.time + .nanoseconds(1))?.withoutLooks == picture.withoutLooks)
    }
    #expect(recording.picture(at: seen[0].time + .seconds(-1)) == seen[0])
    #expect(recording.turnsUntil(seen[7].time) == 8)
  }

  @Test func theOldestIsForgotten() {
    var pictures = RandomPictures(seed: 9)
    var recording = Recording(limit: 200)
    var picture = pictures.picture()
    for count in 0..<1_000 {
      picture.dns = .changing(count)
      recording.see(picture)
      #expect(recording.turns.count <= 320)
      if count < 999 { picture = pictures.picture(after: picture) }
    }
    #expect(recording.turns.count >= 200 - Recording.wholeEvery)
    #expect(recording.picture(at: picture.time)?.withoutLooks == picture.withoutLooks)
    let first = recording.start.map { recording.picture(at: $0)?.time }
    #expect(first == recording.turns.first)
  }

  @Test func deedsAreAnsweredAndListedWithOrdersAndEvents() throws {
    var pictures = RandomPictures(seed: 12)
    var picture = pictures.picture()
    let start = RandomPictures.start
    picture.time = start
    picture.events = [Event(time: start + .seconds(-5), kind: .down, subject: "zone/z1", message: "0 of 3")]
    let order = Cordon(
      kind: .drain, target: .zone("z2"), service: nil, reason: "rack power", holder: "ops1",
      created: start + .seconds(3),
      expires: start + .seconds(603))
    picture.cordons = [order]
    var recording = Recording()
    recording.see(picture)
    let intent = Intent.place(order, planHash: "9f", overrides: [])
    recording.add(JournalEntry(time: start + .seconds(2), content: .intent(intent, by: "ops2")))
    recording.add(
      JournalEntry(
        time: start + .seconds(4), content: .result(.refused(.oneDrain, "one stands"), of: intent, by: "ops2")))
    let late = recording.timeline(at: start + .seconds(9), orders: [order])
    #expect(late.map(\.word) == ["refused", "order", "down"])
    #expect(late[0].who == "ops2")
    #expect(late[0].why == "rack power")
    #expect(late[0].what == "drain: one-drain: one stands")
    #expect(late[1].who == "ops1")
    let early = recording.timeline(at: start + .seconds(2), orders: [])
    #expect(early.map(\.word) == ["asked", "down"])
    #expect(recording.turns == [start, start + .seconds(2), start + .seconds(4)])
  }

  @Test func momentsAreWrittenAsPeopleWriteThem() throws {
    var pictures = RandomPictures(seed: 12)
    var picture = pictures.picture()
    picture.time = try #require(Timestamp("2026-10-16T23:59:00.5Z"))
    var recording = Recording()
    #expect(recording.moment("+1s") == nil)
    recording.see(picture)
    #expect(recording.moment("2026-10-17T00:00:01Z")?.description == "2026-10-17T00:00:01Z")
    #expect(recording.moment("23:59:30")?.description == "2026-10-16T23:59:30Z")
    #expect(recording.moment("00:00:10")?.description == "2026-10-17T00:00:10Z")
    #expect(recording.moment("23:59:00") == picture.time)
    #expect(recording.moment("+90s")?.description == "2026-10-17T00:00:30.5Z")
    for bad in ["", "soon", "25:00:00", "+s", "+-1s", "1:2:3"] { #expect(recording.moment(bad) == nil, "\(bad)") }
  }
}
