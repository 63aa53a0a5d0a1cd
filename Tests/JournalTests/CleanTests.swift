import Control
import Federation
import Testing

@testable import Journal

@Suite struct CleanTests {
  static let nasty = "x\u{1B}]52;c;ZXZpbA==\u{07}\r\u{8}\u{202E}\u{200B}\u{9B}31m\u{7F}\ny"

  static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
        && ![0x200B, 0x200D, 0x2028, 0x202E, 0x2066, 0xFEFF].contains(scalar.value)
    }
  }

  /// A picture with hostile text wherever text from outside can be.
  static func picture() -> FederationSnapshot {
    var pictures = RandomPictures(seed: 21)
    var picture = pictures.picture()
    picture.federation.name = nasty
    picture.provider = nasty
    picture.environment = nasty
    picture.leader = .other(nasty)
    picture.dns = .unreachable(nasty)
    picture.events = [Event(time: picture.time, kind: .error, subject: nasty, message: nasty)]
    picture.held = [FederationHold(rule: .quorum, subject: nasty, why: nasty)]
    picture.clusters = [pictures.cluster(nasty)]
    picture.clusters[0].reason = nasty
    picture.clusters[0].cluster.labels = [nasty: nasty]
    var service = pictures.service(ServiceKey(namespace: nasty, name: nasty))
    service.shards = [pictures.shard(nasty)]
    service.shards[0].shard.addresses = [nasty]
    let name = DomainName(canonical: nasty)
    let set = RecordSet(name: name, type: .txt, ttl: 1, values: [nasty])
    service.names = [NameSnapshot(name: name, level: .zone(nasty, region: nasty), desired: [set], published: [set])]
    service.held = [Hold(rule: .owned, service: service.key, name: nil, why: nasty)]
    service.refusals = [nasty: nasty]
    picture.services = [service]
    picture.cordons = [pictures.cordon()]
    picture.cordons[0].reason = nasty
    picture.cordons[0].holder = nasty
    return picture
  }

  @Test func hostileTextIsNeverWrittenRaw() throws {
    let picture = Self.picture()
    var pictures = RandomPictures(seed: 1)
    let former = pictures.picture()
    let change = try #require(PictureChange(from: former, to: picture))
    var preview = pictures.preview()
    preview.change = .placing([picture.cordons[0]])
    let contents: [JournalEntry.Content] = [
      .picture(picture), .change(change), .preview(preview),
      .intent(.place(picture.cordons[0], planHash: Self.nasty, overrides: []), by: Self.nasty),
      .result(.failed(Self.nasty), of: .uncordon(.zone(Self.nasty), service: nil), by: Self.nasty),
    ]
    for content in contents {
      let line = String(decoding: JournalEntry(time: picture.time, content: content).line, as: UTF8.self)
      #expect(Self.isHarmless(line), "\(line)")
      // Nor as escapes, which a reader would turn into the same.
      for escape in ["\\u00", "\\n", "\\r", "\\t", "\\b"] { #expect(!line.contains(escape), "\(line)") }
    }
  }

  @Test func hostileTextOfAFileIsCleanedAsItIsRead() throws {
    let line =
      #"{"v":1,"t":"2026-01-01T00:00:00Z","kind":"intent","by":"x\u001b[31m\u202e","intent":{"do":"reconcile"}}"#
    guard case .intent(_, let by) = try JournalEntry(line: Array(line.utf8)).content else { return }
    #expect(by == "x\u{FFFD}[31m\u{FFFD}")
  }

  @Test func aReportHasNeitherHostileTextNorMarkup() throws {
    var recording = Recording()
    var picture = Self.picture()
    recording.see(picture)
    picture.time = picture.time + .seconds(30)
    picture.cordons[0].reason = "a|b `c` <script>alert(1)</script> [x](http://evil) @ops #1 **bold**"
    picture.events.insert(
      Event(time: picture.time, kind: .held, subject: "zone/x", message: picture.cordons[0].reason), at: 0)
    picture.services[0].names[0].published = []
    recording.see(picture)
    let text = try #require(IncidentReport(recording)).text
    for line in text.split(separator: "\n") { #expect(Self.isHarmless(String(line))) }
    #expect(text.contains(##"a\|b \`c\` \<script\>alert(1)\</script\> \[x\](http:\//evil) \@ops \#1 \*\*bold\*\*"##))
    for row in text.split(separator: "\n") where row.hasPrefix("| ") {
      let bars = zip(" " + row, row).filter { before, sign in before != "\\" && sign == "|" }.count
      #expect([5, 6, 7, 8].contains(bars), "\(row)")
    }
  }

  /// What is written is what the picture has: the words of every line are words of the picture or of the format.
  @Test func nothingIsWrittenThatThePictureDoesNotHave() throws {
    var picture = Self.picture()
    picture.services[0].names[0].published = [
      RecordSet(name: DomainName(canonical: "n.example.com"), type: .txt, ttl: 1, values: ["token=abc123"])
    ]
    let entry = JournalEntry(time: picture.time, content: .picture(picture))
    let read = try JournalEntry(line: entry.line)
    #expect(read.line == entry.line, "reading and writing again adds nothing")
    let line = String(decoding: entry.line, as: UTF8.self)
    #expect(line.components(of: "token=abc123") == 1)
    for word in ["password", "secret", "kubeconfig", "KUBECONFIG", "HOME", "/root", "config.yaml"] {
      #expect(!line.contains(word))
    }
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
