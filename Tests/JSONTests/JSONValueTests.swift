import JSON
import Testing

@Suite struct JSONValueTests {
  @Test(
    arguments: [
      ("null", JSONValue.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0), ("-12", -12),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.5e3", .number(1500)), ("0.25", .number(0.25)),
      ("\"\"", ""), ("[]", []), ("{}", [:]), ("[1, [2], {}]", [1, [2], [:]]),
      ("{\"a\":{\"b\":[null]},\"c\":\"d\"}", ["a": ["b": [nil]], "c": "d"]), ("{\"a\":1,\"a\":2}", ["a": 2]),
    ] as [(String, JSONValue)])
  func `reads every kind of value`(text: String, value: JSONValue) throws {
    #expect(try JSONValue.parse(text) == value)
  }

  @Test(
    arguments: [
      (#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{C}\n\r\t"), (#""\u00e9\u20AC""#, "é€"),
      (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
      (#""\ud83d\u0041""#, "\u{FFFD}A"), ("\"日本語 and eight more bytes\"", "日本語 and eight more bytes"),
    ] as [(String, String)])
  func `resolves escapes`(text: String, value: String) throws {
    #expect(try JSONValue.parse(text).string == value)
  }

  @Test func `bytes that are not UTF-8 become replacement characters`() throws {
    #expect(try JSONValue.parse([0x22, 0x61, 0xFF, 0x22]).string == "a\u{FFFD}")
  }

  @Test(
    arguments: [
      ("", JSONError.Reason.unexpectedEnd, 0), ("[1,", .unexpectedEnd, 3), ("[1 2]", .expected(.comma), 3),
      ("{\"a\" 1}", .expected(.colon), 5), ("{a:1}", .expected(.key), 1), ("{\"a\":1,}", .expected(.key), 7),
      ("[1,]", .unexpectedByte(0x5D), 3), ("01", .badNumber, 0), ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2),
      ("1.x", .badNumber, 2), ("1e999", .numberOutOfRange, 0), ("tru", .unexpectedEnd, 3),
      ("nul!", .unexpectedByte(0x21), 3),
      ("\"a", .unexpectedEnd, 2), ("\"\\x\"", .badEscape, 1), ("\"\\u12g4\"", .badEscape, 1),
      ("\"a\nb\"", .controlCharacterInString, 2), ("1 2", .trailingText, 2), ("[1}", .expected(.comma), 2),
      ("{]", .expected(.key), 1), ("\u{1}", .unexpectedByte(1), 0),
    ] as [(String, JSONError.Reason, Int)])
  func `says what is wrong and where`(text: String, reason: JSONError.Reason, offset: Int) {
    #expect(throws: JSONError(reason, offset: offset)) { try JSONValue.parse(text) }
  }

  @Test func `bounds the depth`() throws {
    let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSONValue.parse(deepest) }
    #expect(throws: JSONError(.tooDeep(limit: 64), offset: 64)) { try JSONValue.parse("[" + deepest + "]") }
    #expect(throws: JSONError(.tooDeep(limit: 64), offset: 64)) {
      try JSONValue.parse(String(repeating: "[", count: 1_000_000))
    }
  }

  @Test func `writes sorted keys and only the escapes that must be`() throws {
    let value: JSONValue = [
      "b": [1, nil, true], "a": "\"\\\n\u{1}/é😀", "c": .number(1.5), "d": .number(.nan), "e": [:],
    ]
    #expect(value.text() == #"{"a":"\"\\\n\u0001/é😀","b":[1,null,true],"c":1.5,"d":null,"e":{}}"#)
    #expect(
      (["b": [1, []], "a": [:]] as JSONValue).text(.pretty) == """
        {
          "a": {},
          "b": [
            1,
            []
          ]
        }
        """)
  }

  @Test func `what is written reads as the same value`() throws {
    let value: JSONValue = ["x": [.number(0.1), .number(1e-9), .integer(.min), "\u{7F}\u{2028}"], "y": ["": [:]]]
    #expect(try JSONValue.parse(value.encoded()) == value)
    #expect(try JSONValue.parse(value.encoded(.pretty)) == value)
  }
}
