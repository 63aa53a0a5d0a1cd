import JSON
import Testing

@Suite struct JSONReaderTests {
  @Test func `pulls what is asked for and skips the rest`() throws {
    let text = #"{"skip":{"a":[1,{"b":"}]\""}]},"n\u0061me":"x","n":-3,"none":null,"on":true,"list":[ "p" , "q" ]}"#
    var name = ""
    var number: Int64 = 0
    var isNull = false
    var isOn = false
    var list: [String] = []
    try Array(text.utf8).withUnsafeBufferPointer { buffer in
      var reader = JSONReader(buffer)
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "name": name = try reader.string()
        case "n": number = try reader.integer()
        case "none": isNull = try reader.skipNull()
        case "on": isOn = try reader.bool()
        case "list":
          try reader.beginArray()
          while try reader.nextElement() { list.append(try reader.string()) }
        default: try reader.skipValue()
        }
      }
      try reader.finish()
    }
    #expect(name == "x")
    #expect(number == -3)
    #expect(isNull)
    #expect(isOn)
    #expect(list == ["p", "q"])
  }

  @Test(arguments: ["{\"a\":[1,2}", "[{]", "[[", "{\"a", "[\"\\q\"]", "[\"\u{1}\"]"])
  func `skipping never passes a text that is cut or unbalanced`(text: String) {
    #expect(throws: JSONError.self) {
      try Array(text.utf8).withUnsafeBufferPointer { buffer in
        var reader = JSONReader(buffer)
        try reader.skipValue()
      }
    }
  }

  @Test func `a fraction is no integer`() {
    #expect(throws: JSONError(.expected(.integer), offset: 1)) {
      try Array(" 1.5".utf8).withUnsafeBufferPointer { buffer in
        var reader = JSONReader(buffer)
        _ = try reader.integer()
      }
    }
  }

  @Test func `no mutated text traps, and what parses survives a round trip`() throws {
    let seed = Array(
      #"{"a":[1,-2.5e3,true,null,{"b":"c\u00e9\ud83d\ude00\n","dd":"0123456789abcdef"}],"e":{"f":[[],{}]}}"#.utf8)
    var generator = SeededGenerator(seed: 7)
    var parsed = 0
    for _ in 0..<Fuzz.rounds {
      let input = Fuzz.mutate(seed, using: &generator)
      input.withUnsafeBufferPointer { buffer in
        var reader = JSONReader(buffer)
        _ = try? reader.skipValue()
      }
      guard let value = try? JSONValue.parse(input) else { continue }
      parsed += 1
      #expect(try JSONValue.parse(value.encoded()) == value)
    }
    #expect(parsed > 100)
  }
}
