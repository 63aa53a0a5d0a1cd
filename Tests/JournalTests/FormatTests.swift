import Control
import Federation
import JSON
import Testing

@testable import Journal

@Suite struct FormatTests {
  @Test(arguments: 1...60)
  func whatIsWrittenIsRead(seed: UInt64) throws {
    var pictures = RandomPictures(seed: seed)
    for _ in 0..<5 {
      let entry = pictures.entry()
      #expect(try JournalEntry(line: entry.line) == entry)
      #expect(!entry.line.contains(UInt8(ascii: "\n")))
    }
  }

  @Test(arguments: 1...60)
  func aChangeLeadsFromOnePictureToTheNext(seed: UInt64) throws {
    var pictures = RandomPictures(seed: seed)
    var former = pictures.picture()
    for _ in 0..<20 {
      let next = pictures.picture(after: former)
      let change = try #require(PictureChange(from: former, to: next))
      #expect(change.applied(to: former) == next)
      let entry = JournalEntry(time: next.time, content: .change(change))
      #expect(try JournalEntry(line: entry.line) == entry)
      former = next
    }
  }

  @Test func anyTwoPicturesHaveAChangeBetweenThem() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      var pictures = RandomPictures(seed: seed)
      let (one, other) = (pictures.picture(), pictures.picture())
      let change = try #require(PictureChange(from: one, to: other))
      #expect(change.applied(to: one) == other)
    }
  }

  @Test func whatStayedIsNotWritten() throws {
    var pictures = RandomPictures(seed: 3)
    var picture = pictures.picture()
    picture.services = [pictures.service(ServiceKey(namespace: "a", name: "x"))]
    var next = picture
    next.revision += 1
    next.time = picture.time + .seconds(1)
    next.services[0].generation = 4_711
    let change = try #require(PictureChange(from: picture, to: next))
    let line = String(decoding: JournalEntry(time: next.time, content: .change(change)).line, as: UTF8.self)
    #expect(line.contains("4711"))
    for part in ["shards", "names", "clusters", "standing", "events", "aliases"] {
      #expect(!line.contains("\"\(part)\""))
    }
  }

  @Test func twoOfOneNameAreWrittenWhole() {
    var pictures = RandomPictures(seed: 5)
    var picture = pictures.picture()
    picture.clusters = [pictures.cluster("c1"), pictures.cluster("c1")]
    var next = picture
    next.clusters[0].reason = "another"
    #expect(PictureChange(from: picture, to: next) == nil)
    var differ = PictureDiffer()
    _ = differ.entry(for: picture)
    guard case .picture(next)? = differ.entry(for: next)?.content else {
      Issue.record("not whole")
      return
    }
  }

  /// Pictures a second apart, of which some say nothing new and most only that something was heard again.
  @Test(arguments: 1...60)
  func nothingThatMattersIsEverKeptBack(seed: UInt64) throws {
    var pictures = RandomPictures(seed: seed)
    var picture = pictures.picture()
    var differ = PictureDiffer()
    var (told, silent) = (0, 0)
    for _ in 0..<60 {
      let entry = differ.entry(for: picture)
      let isTold = entry != nil
      (told, silent) = (told + (isTold ? 1 : 0), silent + (isTold ? 0 : 1))
      let last = try #require(differ.last)
      // Nil: two of one name, which are told whole.
      if let rest = PictureChange(from: last, to: picture) { #expect(rest.isQuiet) }
      var next = pictures.chance(25) ? pictures.picture(after: picture) : picture
      next.time = picture.time + .seconds(1)
      if pictures.chance(50) {
        for index in next.clusters.indices where next.clusters[index].lastHeard != nil {
          next.clusters[index].lastHeard = next.time
        }
      }
      if pictures.chance(50), !next.services.isEmpty {
        let index = pictures.below(next.services.count)
        for shard in next.services[index].shards.indices where next.services[index].shards[shard].observed != nil {
          next.services[index].shards[shard].observed = next.time
        }
      }
      picture = next
    }
    #expect(told > 2 && silent > 10)
  }

  @Test func beingHeardAgainIsQuietAndToldSeldom() throws {
    var pictures = RandomPictures(seed: 8)
    var picture = pictures.picture()
    picture.clusters = [pictures.cluster("c1")]
    picture.clusters[0].lastHeard = picture.time
    picture.services = [pictures.service(ServiceKey(namespace: "a", name: "x"))]
    picture.services[0].shards = [pictures.shard("c1"), pictures.shard("c2")]
    picture.services[0].shards[0].history = [3, 3, 2, 3]
    var differ = PictureDiffer()
    let first = differ.entry(for: picture)
    #expect(first != nil)
    var heard = picture
    heard.time = picture.time + .seconds(2)
    heard.clusters[0].lastHeard = heard.time
    heard.services[0].shards[0].observed = heard.time
    heard.services[0].shards[0].history = [3, 2, 3, 1]
    let soon = differ.entry(for: heard)
    #expect(soon == nil)
    // What matters is told at once, without the rest.
    heard.services[0].shards[1].isServing.toggle()
    guard case .change(let loud)? = differ.entry(for: heard)?.content else {
      Issue.record("not told")
      return
    }
    #expect(!loud.isQuiet)
    #expect(loud.quietBytes == 0)
    #expect(differ.last?.services[0].shards[1] == heard.services[0].shards[1])
    #expect(differ.last?.services[0].shards[0] == picture.services[0].shards[0])
    heard.time = picture.time + .seconds(11)
    let later = differ.entry(for: heard)
    guard case .change(let change)? = later?.content else {
      Issue.record("nothing after ten seconds")
      return
    }
    #expect(change.isQuiet)
    #expect(differ.last == heard)
    #expect(
      change.changed.first?.looks == [
        try #require(ShardLook(from: picture.services[0].shards[0], to: heard.services[0].shards[0]))
      ])
    #expect(change.changed.first?.looks.first?.added == [1])
  }

  @Test func otherVersionsAndWordsAreNoLines() {
    let picture = String(
      decoding: JournalEntry(time: RandomPictures.start, content: .intent(.reconcile(nil), by: "ops1")).line,
      as: UTF8.self)
    let others = [("\"v\":1", "\"v\":2"), ("\"kind\":\"intent\"", "\"kind\":\"other\""), ("reconcile", "destroy")]
    for (old, new) in others {
      #expect(picture.contains(old))
      #expect(throws: JournalTrouble.self) { try JournalEntry(line: Array(picture.replacing(old, with: new).utf8)) }
    }
  }
}
