import Glibc
import Testing

@testable import Terminal

@Suite("Columns of text")
struct ColumnsTests {
  @Test(
    "Width by East Asian width and combining marks",
    arguments: [
      ("", 0), ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("…✔▲", 3), ("한", 2), ("\u{1112}\u{1161}", 2), ("a\tb", 3),
    ])
  func widths(text: String, expected: Int) {
    #expect(columns(of: text) == expected)
  }

  @Test("Cutting ends with an ellipsis, never halves a glyph and never exceeds the limit")
  func cutting() {
    #expect(truncated("us-central1", to: 11) == "us-central1")
    #expect(truncated("us-central1", to: 6) == "us-ce…")
    #expect(truncated("日本語", to: 4) == "日…")
    #expect(truncated("日本語", to: 5) == "日本…")
    #expect(truncated("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
    #expect(truncated("abc", to: 1) == "…")
    #expect(truncated("abc", to: 0) == "")
    #expect(truncated("abcd", to: 2, ellipsis: "...") == "ab")
    #expect(padded("ab", to: 4) == "ab  ")
    #expect(padded("ab", to: 4, alignment: .trailing) == "  ab")
    #expect(padded("日本語", to: 4) == "日… ")
  }

  @Test("The table agrees with the C library's, which ncurses asks, about everything assigned")
  func agreesWithLibrary() throws {
    let previous = setlocale(LC_CTYPE, nil).map { String(cString: $0) } ?? "C"
    try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
    defer { setlocale(LC_CTYPE, previous) }
    let symbol = try #require(dlsym(nil, "wcwidth"), "the module map of Glibc leaves wcwidth out")
    let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> CInt).self)
    var differing: [String] = []
    var compared = 0
    for value in UInt32(0xA1)..<0x32000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let measured = ScalarWidth.measure(value)
      guard measured.scalar == value, scalar.properties.generalCategory != .privateUse else { continue }
      let library = Int(wcwidth(wchar_t(value)))
      guard library >= 0 else { continue }
      compared += 1
      if library != measured.columns { differing.append("\(String(value, radix: 16)): \(measured.columns)/\(library)") }
    }
    // Libraries of other years know other versions of Unicode.
    #expect(differing.count < 100, "\(differing.prefix(20))")
    #expect(compared > 50_000)
  }

  @Test("Both glyph tables hold only single columns, and the ASCII one only ASCII")
  func glyphTables() {
    for (unicode, ascii) in Glyphs.pairs {
      #expect(columns(of: unicode) == 1, "\(unicode)")
      #expect(columns(of: ascii) == 1, "\(ascii)")
      #expect(ascii.utf8.count == 1)
    }
    #expect(Glyphs.pairs.count > 40)
  }

  @Test("A sparkline scales to the highest sample")
  func sparkline() {
    #expect(Glyphs.unicode.sparkline([0, 1, 4, 8], highest: 8) == "▁▁▄█")
    #expect(Glyphs.unicode.sparkline([0, 0]) == "▁▁")
    #expect(Glyphs.ascii.sparkline([8, 99], highest: 8) == "##")
  }
}
