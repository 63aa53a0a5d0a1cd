import Federation
import Testing

@Suite struct CleanTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\rb", "a\u{FFFD}b"), ("\u{1B}]52;c;eA==\u{7}", "\u{FFFD}]52;c;eA==\u{FFFD}"),
    ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{200B}b", "a\u{FFFD}b"), ("x\u{FE0F}", "x\u{FFFD}"), ("\u{85}", "\u{FFFD}"),
    ("\u{2028}", "\u{FFFD}"), ("\u{7F}\u{8}", "\u{FFFD}\u{FFFD}"), ("Zürich 東京", "Zürich 東京"),
    ("\u{E0041}", "\u{FFFD}"), ("\u{61C}\u{2066}", "\u{FFFD}\u{FFFD}"),
  ])
  func marksWhatIsHarmful(text: String, cleaned: String) { #expect(cleanText(text, limit: 100) == cleaned) }

  @Test func cutsAndSaysSo() {
    #expect(cleanText("abcdef", limit: 6) == "abcdef")
    #expect(cleanText("abcdef", limit: 5) == "abcd…")
    #expect(cleanText("äbcdef", limit: 5) == "äbcd…")
    #expect(cleanText("abc", limit: 0) == "")
  }

  @Test func fuzzedTextIsCleanAndStaysSo() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<100_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let limit: UInt32 = random.oneIn(2) ? 0x300 : 0x10FFFF
        if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) { text.append(scalar) }
      }
      let cleaned = cleanText(String(text), limit: 8)
      #expect(cleaned.unicodeScalars.count <= 8)
      #expect(cleaned.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
      #expect(cleanText(cleaned, limit: 8) == cleaned)
    }
  }
}
