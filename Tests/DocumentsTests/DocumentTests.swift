import Documents
import Testing

@Suite struct DocumentTests {
  private func message(_ text: String, _ read: (DocumentNode) throws -> Void) -> String {
    do {
      try read(try DocumentNode.parse(text, name: "f.yaml"))
      return "accepted"
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    "name: a\nlist: [1, 2]\non: true\nshare: 0.3\nwait: 1h30m\nat: '[::1]:53'\n",
    #"{"name":"a","list":[1,2],"on":true,"share":0.3,"wait":"1h30m","at":"[::1]:53"}"#,
    "{\n\t\"name\" : \"a\",\n\t\"list\":\t[1,\t2], \"on\":true, \"share\": 3e-1, \"wait\": \"90m\", \"at\": \"[::1]:53\"\n}",
  ])
  func readsYAMLAndJSONAlike(text: String) throws {
    var fields = try DocumentNode.parse(text, name: "f").mapping()
    #expect(try fields.required("name").string() == "a")
    #expect(try fields.required("list").sequence().map { try $0.integer(in: 0...9) } == [1, 2])
    #expect(try fields.required("on").boolean())
    #expect(try fields.required("share").number(in: 0...1) == 0.3)
    #expect(try fields.required("wait").duration() == .seconds(5_400))
    #expect(try fields.required("at").hostAndPort(defaultPort: nil) == HostAndPort(host: "::1", port: 53))
    #expect(fields.optional("absent") == nil)
    try fields.finish()
  }

  @Test func unknownKeysNameThePlaceAndTheNearest() {
    let text = "federation:\n  name: f\n  nameLayuot: flat\n"
    let message = message(text) { node in
      var root = try node.mapping()
      var fields = try root.required("federation").mapping()
      _ = try fields.required("name").string()
      _ = fields.optional("nameLayout")
      try fields.finish()
    }
    #expect(
      message
        == "f.yaml:3:3: \"nameLayuot\" is no key that is known: did you mean nameLayout? (known here: name, nameLayout)"
    )
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", "f.yaml:1:1: \"a\" is given more than once: keep one of them"),
    (
      "a: [1\n",
      "f.yaml:2:1: this is neither YAML nor JSON (did not find expected ',' or ']'): mend it here or just before"
    ),
    (
      "a: 1\n---\nb: 2\n",
      "f.yaml:2:1: this is neither YAML nor JSON (but found another document): mend it here or just before"
    ),
    ("? [x]\n: 1\n", "f.yaml:1:3: a key must be a text: write it as one word"),
    ("a: *none\n", "f.yaml:1:4: this is neither YAML nor JSON (found undefined alias): mend it here or just before"),
    ("a: b\u{1}\n", "f.yaml:1:5: a character cannot stand in YAML (control characters are not allowed): remove it"),
  ])
  func refusesInOneLine(text: String, expected: String) { #expect(message(text) { _ in } == expected) }

  @Test func wrongShapesSayWhatIsExpected() {
    let text = "a: [x]\nb: yes\nc: 300\nd: 5\ne: nowhere\n"
    func field(_ key: String, _ read: @escaping (DocumentNode) throws -> Void) -> String {
      message(text) { node in
        var fields = try node.mapping()
        try read(try fields.required(key))
      }
    }
    #expect(field("a") { _ = try $0.string() } == "f.yaml:1:4: a text is expected here, not a list")
    #expect(field("b") { _ = try $0.boolean() } == "f.yaml:2:4: true or false is expected here")
    #expect(
      field("c") { _ = try $0.integer(in: 0...255) } == "f.yaml:3:4: a whole number from 0 to 255 is expected here")
    #expect(field("d") { _ = try $0.duration() }.hasPrefix("f.yaml:4:4: a time with its unit"))
    #expect(field("e") { _ = try $0.hostAndPort(defaultPort: nil) }.hasPrefix("f.yaml:5:4: an address and a port"))
    #expect(field("z") { _ in } == "f.yaml:1:1: \"z\" is missing here: add it")
  }

  @Test func aFewAliasesAreReadAndABombIsNot() throws {
    var fields = try DocumentNode.parse("a: &x [1]\nb: *x\n", name: "f").mapping()
    #expect(try fields.required("b").sequence().count == 1)
    var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<10 {
      bomb += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]\n"
    }
    #expect(message(bomb + "? *a9\n: x\n") { _ in }.contains("more than 16 aliases"))
    let deep = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    #expect(message(deep) { _ in }.contains("nested too deeply"))
    #expect(message(String(repeating: "[", count: 200_000)) { _ in }.hasPrefix("f.yaml:1:"))
  }

  @Test func nullIsAbsent() throws {
    var fields = try DocumentNode.parse("a: null\nb:\nc: ~\nd: 'null'\n", name: "f").mapping()
    #expect(fields.optional("a") == nil && fields.optional("b") == nil && fields.optional("c") == nil)
    #expect(try fields.required("d").string() == "null")
    #expect(try DocumentNode.parse("", name: "f").isNull)
  }

  @Test(arguments: [
    ("60s", 60_000), ("1h", 3_600_000), ("1h30m", 5_400_000), ("500ms", 500), ("72h", 259_200_000), ("1d", 86_400_000),
  ])
  func readsDurations(text: String, milliseconds: Int) { #expect(parseDuration(text) == .milliseconds(milliseconds)) }

  @Test(arguments: ["", "60", "s", "1m1h", "1s1s", "-1s", "1.5h", "99999999999s", "9999999d", "1 h"])
  func refusesDurations(text: String) { #expect(parseDuration(text) == nil) }

  @Test func fuzzedTextNeverTraps() {
    var state: UInt64 = 7
    func random(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    let seed = Array("a: &x [1, 'b', \"c\\u00e9\"]\nd: *x\n? k\n: {e: !!int 3, <<: *x}\n- |\n  text\n%TAG\n".utf8)
    for _ in 0..<4_000 {
      var bytes = seed
      for _ in 0..<random(6) + 1 {
        let place = random(UInt64(bytes.count))
        if random(2) == 0 {
          bytes[place] = UInt8(random(256))
        } else {
          bytes.insert(seed[random(UInt64(seed.count))], at: place)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let result = message(text) { _ in }
      #expect(!result.contains("\n"))
    }
  }
}
